//! `latent-pad macro`: from a preset, a patch of which chosen properties are changed while the others stay.

use crate::error::CliError;
use crate::macro_arguments::MacroArguments;
use crate::named_files::NamedFiles;
use crate::output::{number, patch_json, print, say, warn, write_wav, write_whole};
use crate::picture::{MacroPicture, macro_picture};
use crate::progress::{advance, bar};
use ::macro_control::{
    MacroAmounts, MacroControls, MacroCurve, MeasuredProperties, SoundProperty, find, measure_all,
};
use ::macro_control::{MacroError, MacroSearch};
use features::test_note::{KEY, SAMPLE_RATE_HZ, render, render_many};
use indicatif::ProgressBar;
use patch::file::write_preset;
use patch::{Patch, Preset};
use serde_json::{Map, Value, json};

/// Pictured amounts, from −1 to 1.
const PICTURED: usize = 9;

/// The least change of a property that a person hears, in points.
const LEAST_CHANGE: f64 = 1.0;
/// A side effect is worth a warning if it is at least this share of the change of the wanted property.
const LARGE_SHARE: f64 = 0.4;

/// Finds the curves, and writes, prints and draws the changed patch.
pub fn run(arguments: &MacroArguments) -> Result<(), CliError> {
    let outputs = [&arguments.output, &arguments.wav, &arguments.plot];
    NamedFiles::default()
        .read("PRESET", [arguments.preset.path()])
        .write("-o", arguments.output.as_deref())
        .write("--wav", arguments.wav.as_deref())
        .write("--plot", arguments.plot.as_deref())
        .edit("PRESET", "-o", !arguments.preset.is_in_bank())
        .check()?;
    let moved: Vec<SoundProperty> =
        SoundProperty::ALL.into_iter().filter(|&own| arguments.amounts.get(own).is_some()).collect();
    // Without an amount the patch would be the preset itself.
    for (option, output) in [("-o", &arguments.output), ("--wav", &arguments.wav)] {
        if moved.is_empty() && output.is_some() {
            return Err(CliError::NeedsOption { option, needed: "an amount, such as --brightness 0.5" });
        }
    }
    let Preset { name, patch } = arguments.preset.read()?;
    let drawn = arguments.along.or(moved.first().copied()).unwrap_or(SoundProperty::Brightness);
    let mut wanted = if moved.is_empty() { SoundProperty::ALL.to_vec() } else { moved.clone() };
    if arguments.plot.is_some() && !wanted.contains(&drawn) {
        wanted.push(drawn);
    }
    let bar = bar("Listening");
    let measure = |patches: &[Patch]| measure(&bar, patches);
    let (controls, _) = find(MacroSearch::new(&patch).only(&wanted).keeping(&arguments.keep), measure)?;
    let found = controls.patch(&arguments.amounts.amounts());
    let sound = measure(&[found])[0].ok_or(MacroError::Silent)?;
    bar.finish_and_clear();
    for property in moved.iter().copied() {
        let amount = arguments.amounts.get(property).unwrap_or(0.0);
        let [before, after] = [controls.sound(), &sound].map(|sound| sound.values[property.index()]);
        let change = after - before;
        if amount != 0.0 && change * f64::from(amount.signum()) < LEAST_CHANGE {
            let wanted = if amount > 0.0 { "more" } else { "less" };
            warn(format_args!(
                "{} was to become {wanted} and changed by {change:+.1} points, as measured: try a greater amount, fewer \
                 --keep, or another preset",
                property.name()
            ));
        }
    }
    if let [property] = moved[..] {
        warn_of_others(property, controls.sound(), &sound);
    }

    if let Some(path) = &arguments.output {
        let text = write_preset(&Preset { name: name.clone(), patch: found });
        write_whole(path, |file| file.write_all(text.as_bytes()).map_err(CliError::write(path)))?;
    }
    if let Some(path) = &arguments.wav {
        let [left, right] = render(&found);
        write_wav(path, &[&left, &right], SAMPLE_RATE_HZ)?;
    }
    if let Some(path) = &arguments.plot {
        let png = macro_picture(&along(&controls, drawn, &name));
        write_whole(path, |file| file.write_all(&png).map_err(CliError::write(path)))?;
    }
    if arguments.json {
        return print(&report(&controls, &found, &sound));
    }
    say(&table(&controls, (!moved.is_empty()).then_some(&sound)))?;
    if !moved.is_empty() && outputs.iter().all(|output| output.is_none()) {
        warn("nothing is written: -o OUT.amSynthPreset keeps the patch, --wav OUT.wav its sound");
    }
    Ok(())
}

/// Warns if other properties have changed by a large share of the change of the only one that was to change.
fn warn_of_others(property: SoundProperty, before: &MeasuredProperties, after: &MeasuredProperties) {
    let change = |own: SoundProperty| after.values[own.index()] - before.values[own.index()];
    let least = (LARGE_SHARE * change(property).abs()).max(LEAST_CHANGE);
    let others = SoundProperty::ALL.into_iter().filter(|&other| other != property);
    let mut others: Vec<SoundProperty> = others.filter(|&other| change(other).abs() >= least).collect();
    others.sort_by(|&a, &b| change(b).abs().total_cmp(&change(a).abs()));
    if !others.is_empty() {
        let changes: Vec<String> =
            others.iter().map(|&other| format!("{} by {:+.1}", other.name(), change(other))).collect();
        warn(format_args!(
            "beside {} ({:+.1} points) these changed, too: {}; try a smaller amount, or fewer --keep",
            property.name(),
            change(property),
            changes.join(", ")
        ));
    }
}

fn measure(bar: &ProgressBar, patches: &[Patch]) -> Vec<Option<MeasuredProperties>> {
    advance(bar, "Listening", patches.len(), 0);
    measure_all(patches, KEY, |done| advance(bar, "Listening", patches.len(), done))
}

/// A line for each property: its value before and after, and the range of its macro-control.
fn table(controls: &MacroControls, changed: Option<&MeasuredProperties>) -> String {
    let line = |property: SoundProperty| {
        let at = property.index();
        let [less, more] = property.ends();
        let now = changed.map_or(String::new(), |sound| format!(" → {:6.1}", sound.values[at]));
        let curve = controls.curves().iter().find(|curve| curve.property() == property);
        let reach = curve.map_or(String::new(), |curve| {
            let [least, most] = curve.reach();
            format!("   {less} −1: {least:+.1}, {more} +1: {most:+.1}")
        });
        format!("{:10} {:6.1}{now}{reach}", property.name(), controls.sound().values[at])
    };
    SoundProperty::ALL.map(line).join("\n")
}

fn report(controls: &MacroControls, patch: &Patch, sound: &MeasuredProperties) -> Value {
    let point = |value: f64| number((value * 100.0).round() as f32 / 100.0);
    let values = |sound: &MeasuredProperties| {
        let value = |own: SoundProperty| (own.name().to_owned(), point(sound.values[own.index()]));
        Value::Object(Map::from_iter(SoundProperty::ALL.map(value)))
    };
    let curve = |curve: &MacroCurve| (curve.property().name().to_owned(), json!(curve.reach().map(point)));
    json!({
        "patch": patch_json(patch),
        "before": values(controls.sound()),
        "after": values(sound),
        "reach": Value::Object(controls.curves().iter().map(curve).collect()),
    })
}

/// The data of a picture along a property.
fn along(controls: &MacroControls, property: SoundProperty, preset: &str) -> MacroPicture {
    let amount = |step: usize| 2.0 * step as f32 / (PICTURED - 1) as f32 - 1.0;
    let patch = |step: usize| {
        let mut amounts = MacroAmounts::default();
        amounts.set(property, amount(step));
        controls.patch(&amounts)
    };
    let patches: Vec<Patch> = (0..PICTURED).map(patch).collect();
    let mono = |[left, right]: [Vec<f32>; 2]| -> Vec<f32> {
        left.iter().zip(&right).map(|(left, right)| 0.5 * (left + right)).collect()
    };
    let sounds = render_many(&patches).into_iter().map(mono);
    MacroPicture {
        preset: preset.to_owned(),
        property,
        amounts: (0..PICTURED).map(amount).collect(),
        spectrograms: sounds.map(|samples| matching::spectrogram(&samples)).collect(),
        measured: measure_all(&patches, KEY, |_| ()),
        patches,
    }
}
