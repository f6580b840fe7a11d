//! The truth by which the evaluation judges results: whether a preset carries a kind, and in which half of a scale it
//! lies. It shares no code with the search. The preset's own name decides where it says any kind (the words below,
//! whole or at their beginning); otherwise its parameters and measured scales decide.

use patch::Parameter::*;
use patch::Patch;

/// Kinds, and the words of a name that say them; a word with a point at its end is a whole one, with or without an s.
const NAMED: [(&str, &str); 14] = [
    ("bass", "bass bas. subbass sub."),
    ("pad", "pad. swell ambien atmosph drone. evolv"),
    ("lead", "lead. solo."),
    ("bell", "bell. chime gong. glock vibraph vibe. marimba xylo celest crystal tubular carillon"),
    ("keys", "piano ep. rhodes rhod. wurli clav. clavi harpsi harpsy keys. key. epiano pianet"),
    ("organ", "organ. orgel hammond accord harmonium church melodica harmonica bandoneon"),
    ("strings", "string. violin viola cello orchest orch. symphon fiddle"),
    ("brass", "brass horn. trumpet trombone tuba. sax. fanfare bugle"),
    ("wind", "flut. flute reed. oboe clari clarinet bassoon piccolo woodwind whistl recorder pipe. panpipe"),
    ("voice", "voice. vox. choir vocal sing. singer formant ahh. aah. ooh. soprano choral"),
    ("pluck", "pluck guitar harp. koto banjo sitar kalimba lute mandolin pizz dulcimer ukulele strum"),
    (
        "drum",
        "drum perc percussion hat. hihat snare kick. tom. clap. cymbal conga bongo timpani tabla woodblock",
    ),
    (
        "effect",
        "effect. fx. sfx. storm. helicopter siren thunder alien ufo. robot hurricane laser zap explosion bubble wind. rain",
    ),
    ("noise", "noise. hiss static wind. storm. rain hurricane surf. waves."),
];

/// The words of a name: runs of letters, also divided before a capital letter after a small one.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for letter in name.chars() {
        if !letter.is_alphabetic() || letter.is_uppercase() && before.is_lowercase() {
            words.push(String::new());
        }
        if letter.is_alphabetic() {
            words.last_mut().unwrap().extend(letter.to_lowercase());
        }
        before = letter;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The kinds that a name says.
pub fn named_kinds(name: &str) -> Vec<&'static str> {
    let words = words(name);
    let says = |stem: &str| {
        words.iter().any(|word| match stem.strip_suffix('.') {
            Some(whole) => word.strip_prefix(whole).is_some_and(|rest| rest.is_empty() || rest == "s"),
            None => word.starts_with(stem),
        })
    };
    let kinds = NAMED.iter().filter(|(_, stems)| stems.split(' ').any(says));
    kinds.map(|&(kind, _)| kind).collect()
}

/// The side of the median of a scale on which a preset lies: −1 below, 1 above, 0 on it.
pub type Side<'a> = &'a dyn Fn(&str) -> i8;

/// True if a preset carries a kind.
pub fn carries(kind: &str, name: &str, patch: &Patch, side: Side<'_>) -> bool {
    let named = named_kinds(name);
    if named.is_empty() { sounds_like(kind, patch, side) } else { named.contains(&kind) }
}

/// The measured criteria for a preset whose name says no kind. Times in seconds.
fn sounds_like(kind: &str, patch: &Patch, side: Side<'_>) -> bool {
    let [attack, decay, release] = [AmpAttack, AmpDecay, AmpRelease].map(|time| patch.control(time));
    let sustain = patch.get(AmpSustain);
    let is_held = sustain >= 0.25;
    let mix = patch.get(OscMix);
    let has = |wanted: &dyn Fn(f32) -> bool| {
        wanted(patch.get(Osc1Waveform)) && mix < 0.5 || wanted(patch.get(Osc2Waveform)) && mix > -0.5
    };
    let has_edge = has(&|wave| wave == 1.0 || wave == 2.0);
    let has_noise = has(&|wave| wave >= 3.0);
    let low = patch.get(Osc2Range) <= -1.0 || patch.get(KeyboardMode) >= 1.0 || side("depth") > 0;
    match kind {
        // Quick, dark, and low or monophonic.
        "bass" => attack <= 0.05 && side("brightness") <= 0 && low,
        // A slow beginning or a long end of a held tone.
        "pad" => (attack >= 0.05 || release >= 0.5) && (is_held || decay >= 1.0),
        // A held tone that begins at once; most are monophonic.
        "lead" => attack <= 0.1 && is_held && (patch.get(KeyboardMode) >= 1.0 || side("sharpness") > 0),
        // Struck, and it rings.
        "bell" => attack <= 0.02 && sustain < 0.25 && decay.max(release) >= 0.5,
        "keys" => attack <= 0.03 && sustain < 0.5 && decay >= 0.3,
        // Even: it begins and ends with the key.
        "organ" => attack <= 0.05 && sustain >= 0.5 && release <= 0.3,
        "strings" => attack >= 0.03 && is_held && has_edge,
        "brass" => (0.005..=0.3).contains(&attack) && is_held && has_edge && patch.get(FilterEnvAmount) > 0.0,
        "wind" => (0.005..=0.3).contains(&attack) && is_held && side("roughness") <= 0,
        "voice" => attack >= 0.02 && is_held && side("hardness") <= 0,
        "pluck" => attack <= 0.02 && sustain < 0.25 && decay <= 1.2,
        "drum" => attack <= 0.02 && sustain < 0.1 && decay <= 0.4 && release <= 0.5,
        // The pitch sweeps widely, a noise sounds, or a slow modulation is deep.
        "effect" => patch.get(FreqModAmount) >= 0.7 || has_noise || patch.get(FilterModAmount) >= 0.5,
        "noise" => has_noise,
        _ => false,
    }
}
