//! Writes the JavaScript side of the protocol as one module: constants, and the types of all messages as
//! JSDoc. `build.sh` puts it beside the scripts that import it.

use std::fmt::Write;

use patch::PARAMETER_COUNT;
use plane::LATENT_LIMIT;

use crate::constants::{
    AXIS_PARAM_NAMES, BLOCK_FRAMES, FILE_SIZE_LIMIT, PART_COUNT, PATCHES_PER_SECOND, PATH_FILE_SIZE_LIMIT,
    PATH_REPORTS_PER_SECOND, PROCESSOR_NAME, RECORDING_S, TONE_SOURCE_COUNT, TOUCH_PART_COUNT,
    audio_param_names,
};
use crate::field::NativeProgram;
use crate::path_score::LANE_LIMIT;
use crate::{AnalysisCall, AnalysisMessage, Command, FieldRow, MessageRow, ScriptCall, WorkletMessage};

/// The commands without JavaScript: only their rows are of interest.
type NativeCommand = Command<Vec<u8>, NativeProgram>;

/// The worklet processor's options and the analysis worker's first message: they hold a compiled module, which has no
/// Rust type here. `web` makes both.
const OTHER_TYPES: &str = "\
/**
 * The worklet's processorOptions. `module` is worklet.wasm. `network` is decoder.wasm and `decoder` the bytes of
 * decoder.onnx, if both are loaded already; otherwise `grid` is the bytes of grid.bin, which plays until the decoder
 * comes. `timedDecodes` is for measurements: the number of decodes to time before the sound starts. @typedef {object}
 * ProcessorOptions @property {WebAssembly.Module} [module] @property {WebAssembly.Module} [network] @property
 * {ArrayBuffer} [decoder] @property {ArrayBuffer} [grid] @property {WebAssembly.Module} [tones] @property {number}
 * [timedDecodes]
 */

/**
 * The page's first message to the analysis worker: the address of analysis.js, and analysis_bg.wasm.
 * @typedef {[script: string, module: WebAssembly.Module]} AnalysisStart
 */
";

/// The text of the module.
pub fn module() -> String {
    let mut text = String::from("// Made by crate/page/protocol. Change it there.\n\n");
    let numbers = [
        ("PART_COUNT", PART_COUNT as f64),
        ("TOUCH_PART_COUNT", TOUCH_PART_COUNT as f64),
        ("TONE_SOURCE_COUNT", TONE_SOURCE_COUNT as f64),
        ("PARAMETER_COUNT", PARAMETER_COUNT as f64),
        ("LATENT_LIMIT", LATENT_LIMIT.into()),
        ("BLOCK_FRAMES", BLOCK_FRAMES as f64),
        ("FILE_SIZE_LIMIT", FILE_SIZE_LIMIT as f64),
        ("PATCHES_PER_SECOND", PATCHES_PER_SECOND.into()),
        ("PATH_FILE_SIZE_LIMIT", PATH_FILE_SIZE_LIMIT as f64),
        ("LANE_LIMIT", LANE_LIMIT as f64),
        ("PATH_REPORTS_PER_SECOND", PATH_REPORTS_PER_SECOND.into()),
        ("RECORDING_S", RECORDING_S),
    ];
    for (name, number) in numbers {
        line(&mut text, format_args!("export const {name} = {number};"));
    }
    line(&mut text, format_args!("export const PROCESSOR_NAME = '{PROCESSOR_NAME}';"));
    text += "\n/** Names of the AudioParams of the points of the parts of touches, x and y. @type {[x: string, y: string][]} */\n";
    let pairs: Vec<String> =
        (0..TOUCH_PART_COUNT).map(audio_param_names).map(|[x, y]| format!("['{x}', '{y}']")).collect();
    line(&mut text, format_args!("export const AUDIO_PARAMS = [{}];", pairs.join(", ")));
    text +=
        "\n/** Names of the AudioParams of a domain's axes beyond the plane, which add to its offsets. */\n";
    line(&mut text, format_args!("export const AXIS_PARAMS = ['{}'];", AXIS_PARAM_NAMES.join("', '")));

    text +=
        "\n/** Codes of the commands. @satisfies {Record<string, Command[0]>} */\nexport const COMMAND = {\n";
    for row in NativeCommand::ROWS {
        line(
            &mut text,
            format_args!("  {}: /** @type {{const}} */ ({}),", constant_case(row.name), row.code),
        );
    }
    text += "};\n";
    for row in NativeCommand::ROWS {
        let fields: String = elements(row).map(|element| format!(", {element}")).collect();
        typedef(&mut text, row, &format!("{}Command", row.name), &format!("[code: {}{fields}]", row.code));
    }
    union(&mut text, "Command", NativeCommand::ROWS, "Command");
    objects(&mut text, "WorkletMessage", WorkletMessage::ROWS);
    let calls = [AnalysisCall::<Vec<u8>>::ROWS, ScriptCall::<Vec<u8>>::ROWS].concat();
    for row in &calls {
        let fields: Vec<String> = elements(row).collect();
        let call = format!(
            "{{ id: number, method: '{}', arguments: [{}] }}",
            snake_case(row.name),
            fields.join(", ")
        );
        typedef(&mut text, row, &format!("{}AnalysisCall", row.name), &call);
    }
    union(&mut text, "AnalysisCall", &calls, "AnalysisCall");
    objects(&mut text, "AnalysisMessage", AnalysisMessage::ROWS);
    text.push('\n');
    text + OTHER_TYPES
}

fn line(text: &mut String, line: impl std::fmt::Display) {
    // Writing to a string never fails.
    let _ = writeln!(text, "{line}");
}

fn typedef(text: &mut String, row: &MessageRow, name: &str, javascript: &str) {
    text.push_str("\n/**\n");
    for documentation in row.documentation {
        line(text, format_args!(" *{documentation}"));
    }
    line(text, format_args!(" * @typedef {{{javascript}}} {name}\n */"));
}

/// The type of all messages of a kind.
fn union(text: &mut String, name: &str, rows: &[MessageRow], suffix: &str) {
    let names: Vec<String> = rows.iter().map(|row| format!("{}{suffix}", row.name)).collect();
    line(text, format_args!("\n/** @typedef {{{}}} {name} */", names.join(" | ")));
}

fn objects(text: &mut String, name: &str, rows: &[MessageRow]) {
    for row in rows {
        let fields: String = row.fields.iter().map(|field| format!(", {}", property(field))).collect();
        let object = format!("{{ type: '{}'{fields} }}", camel_case(row.name));
        typedef(text, row, &format!("{}{name}", row.name), &object);
    }
    union(text, name, rows, name);
}

/// The fields of a list. In a tuple, no required element may follow an optional one.
fn elements(row: &MessageRow) -> impl Iterator<Item = String> {
    row.fields.iter().enumerate().map(|(index, field)| {
        let mark = if row.fields[index..].iter().all(|field| field.is_optional) { "?" } else { "" };
        let null = if field.is_optional { " | null" } else { "" };
        format!("{}{mark}: {}{null}", camel_case(field.name), field.javascript)
    })
}

fn property(field: &FieldRow) -> String {
    let mark = if field.is_optional { "?" } else { "" };
    format!("{}{mark}: {}", camel_case(field.name), field.javascript)
}

/// `SetPatch` or `set_patch` as `setPatch`.
pub fn camel_case(name: &str) -> String {
    let mut camel = String::with_capacity(name.len());
    let mut starts_word = false;
    for (index, letter) in name.char_indices() {
        match letter {
            '_' => starts_word = true,
            _ if index == 0 => camel.push(letter.to_ascii_lowercase()),
            _ if std::mem::take(&mut starts_word) => camel.push(letter.to_ascii_uppercase()),
            _ => camel.push(letter),
        }
    }
    camel
}

/// `SetPatch` as `set_patch`.
pub fn snake_case(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    for (index, letter) in name.char_indices() {
        if letter.is_ascii_uppercase() && index > 0 {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

/// `SetPatch` as `SET_PATCH`.
fn constant_case(name: &str) -> String {
    snake_case(name).to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_written_as_each_language_wants_them() {
        assert_eq!((snake_case("SetPatch"), camel_case("SetPatch")), ("set_patch".into(), "setPatch".into()));
        assert_eq!(constant_case("AllSoundOff"), "ALL_SOUND_OFF");
        assert_eq!(camel_case("decode_microseconds"), "decodeMicroseconds");
    }

    #[test]
    fn every_command_has_a_code_of_its_own() {
        let codes: BTreeSet<u8> = NativeCommand::ROWS.iter().map(|row| row.code).collect();
        assert_eq!(codes.len(), NativeCommand::ROWS.len());
        assert!(!codes.contains(&0), "JavaScript converts invalid numbers to 0");
    }

    #[test]
    fn the_part_is_the_fourth_value_of_every_command_that_names_one() {
        for row in NativeCommand::ROWS {
            let place = row.fields.iter().position(|field| field.name == "part");
            assert!(place.is_none_or(|place| place == 2), "{}", row.name);
        }
    }

    #[test]
    fn the_module_holds_the_constants_and_the_types() {
        let module = module();
        for part in [
            "export const LATENT_LIMIT = 4;",
            "  SET_PATCH: /** @type {const} */ (9),",
            "@typedef {[code: 5]} AllSoundOffCommand",
            "@typedef {{ type: 'ready', decodeMicroseconds?: number }} ReadyWorkletMessage",
            "method: 'search_nearby', arguments: [values: Float32Array, x: number, y: number]",
        ] {
            assert!(module.contains(part), "{part} is missing in\n{module}");
        }
    }
}
