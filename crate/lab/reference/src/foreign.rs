//! Sounds that amSynth did not make, to search for: programs of other synthesizers and tones of recorded instruments,
//! all by Debian's packages. The selection is fixed here and does not depend on their sound or on the search's success.

use std::ffi::CString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::ReferenceError;
use crate::dssi::SequencerEvent;
use crate::plugin::{Plugin, Program, directories, find};

/// Sample rate of all sounds, in Hz.
pub const SAMPLE_RATE_HZ: u32 = 44_100;
/// The note of the plane's test note: C4, two of four seconds.
const KEY: u8 = 60;
const VELOCITY: u8 = 100;
const HELD_FRAMES: usize = 2 * SAMPLE_RATE_HZ as usize;
const FRAMES: usize = 4 * SAMPLE_RATE_HZ as usize;
/// Frames of a call of the plugin.
const BLOCK: usize = 64;

/// A synthesizer that Debian packages as a DSSI plugin.
#[derive(Clone, Copy, Debug)]
pub struct ForeignSynthesizer {
    /// Debian's package.
    pub package: &'static str,
    file: &'static str,
    /// The file of programs to load; without a file the synthesizer has its own programs.
    programs: Option<&'static str>,
    /// One in this many programs is played, from the first.
    every: usize,
}

/// hexter, six operators of frequency modulation as in the DX7, and WhySynth, four oscillators of several kinds.
pub const SYNTHESIZERS: [ForeignSynthesizer; 2] = [
    ForeignSynthesizer { package: "hexter", file: "hexter.so", programs: None, every: 2 },
    ForeignSynthesizer {
        package: "whysynth",
        file: "whysynth.so",
        programs: Some("/usr/share/whysynth/current_default_patches.WhySynth"),
        every: 4,
    },
];

/// A sound and its name.
#[derive(Clone, Debug, PartialEq)]
pub struct ForeignSound {
    /// The synthesizer, the number of the program and its name.
    pub name: String,
    /// Samples of each channel, all of the same length.
    pub channels: Vec<Vec<f32>>,
}

impl ForeignSynthesizer {
    /// Plays its programs.
    ///
    /// # Errors
    /// If the package is not installed.
    pub fn sounds(&self) -> Result<Vec<ForeignSound>, ReferenceError> {
        let &Self { package, file, programs, every } = self;
        let no_plugin = || ReferenceError::NoPlugin { file, folders: directories(), package };
        let path = find(file).ok_or_else(no_plugin)?;
        let bad = |reason| ReferenceError::BadPlugin { path: path.clone(), reason, package };
        let programs_file = programs.and_then(|file| CString::new(file).ok());
        let sound = |(number, program): (usize, &Program)| {
            // A new instance for each program, so that no sound continues into the next.
            let mut plugin = Plugin::new(&path, SAMPLE_RATE_HZ, BLOCK).map_err(bad)?;
            load(&mut plugin, programs_file.as_ref());
            plugin.select(program);
            let name = format!("{package} {number:03} {}", program.name);
            Ok(ForeignSound { name, channels: play(&mut plugin) })
        };
        let mut plugin = Plugin::new(&path, SAMPLE_RATE_HZ, BLOCK).map_err(bad)?;
        load(&mut plugin, programs_file.as_ref());
        let programs = plugin.programs();
        let chosen = programs.iter().enumerate().step_by(every);
        // A place whose name has no letter or digit holds no program.
        let is_named = |program: &Program| program.name.contains(char::is_alphanumeric);
        chosen.filter(|(_, program)| is_named(program)).map(sound).collect()
    }
}

fn load(plugin: &mut Plugin, programs: Option<&CString>) {
    if let Some(programs) = programs {
        plugin.configure(c"load", programs);
    }
}

/// The test note.
fn play(plugin: &mut Plugin) -> Vec<Vec<f32>> {
    let mut channels = vec![Vec::with_capacity(FRAMES); plugin.channels()];
    let off = HELD_FRAMES / BLOCK * BLOCK;
    for start in (0..FRAMES).step_by(BLOCK) {
        let mut events = match start {
            0 => vec![SequencerEvent::note_on(0, KEY, VELOCITY)],
            start if start == off => vec![SequencerEvent::note_off(0, KEY)],
            _ => Vec::new(),
        };
        let frames = BLOCK.min(FRAMES - start);
        for (channel, block) in channels.iter_mut().zip(plugin.run(&mut events, frames)) {
            channel.extend_from_slice(block);
        }
    }
    channels
}

/// The folder of the tones of Debian's package freepats: `NNN_Name.pat`, by the number of the program of General MIDI.
const TONES: &str = "/usr/share/midi/freepats/Tone_000";
const CONFIGURATION: &str = "/etc/timidity/freepats.cfg";

/// Plays C4 on every tone of the package freepats by the package timidity, without its reverb and chorus, into WAV
/// files of a folder.
///
/// # Errors
/// If one of both packages is not installed, or timidity fails.
pub fn instruments(folder: &Path) -> Result<usize, ReferenceError> {
    let tones = tones(TONES)?;
    for tone in &tones {
        let name = tone.file_stem().unwrap_or_default().to_string_lossy();
        let Some(program) = name.get(..3).and_then(|number| number.parse().ok()) else { continue };
        let midi = folder.join(format!("{name}.mid"));
        let unwritable = |source| ReferenceError::Write { path: midi.clone(), source };
        std::fs::write(&midi, midi_file(program)).map_err(unwritable)?;
        let output = Command::new("timidity")
            .args(["-c", CONFIGURATION, "-EFreverb=0", "-EFchorus=0", "-s", "44100", "-OwM", "-o"])
            .args([&folder.join(format!("freepats {name}.wav")), &midi])
            .stdin(Stdio::null())
            .output()
            .map_err(missing("timidity", "timidity"))?;
        std::fs::remove_file(&midi).map_err(unwritable)?;
        if !output.status.success() {
            return Err(ReferenceError::Failed(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
        }
    }
    Ok(tones.len())
}

/// The tones in a folder, in order.
fn tones(folder: &'static str) -> Result<Vec<PathBuf>, ReferenceError> {
    let entries = std::fs::read_dir(folder).map_err(missing(folder, "freepats"))?;
    let mut tones: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    tones.retain(|path| path.extension().is_some_and(|extension| extension == "pat"));
    tones.sort();
    Ok(tones)
}

/// The error of a missing package.
fn missing(missing: &'static str, package: &'static str) -> impl FnOnce(std::io::Error) -> ReferenceError {
    move |source| ReferenceError::NoPackage { missing, source, package }
}

/// A standard MIDI file: the test note on a program of channel 1.
fn midi_file(program: u8) -> Vec<u8> {
    // A quarter note lasts half a second unless a tempo is given, and has 480 ticks: 960 ticks a second.
    let held = [0x8F, 0x00];
    let mut track = vec![0, 0xC0, program, 0, 0x90, KEY, VELOCITY];
    track.extend(held);
    track.extend([0x80, KEY, 0]);
    track.extend(held);
    track.extend([0xFF, 0x2F, 0]);
    let mut file = b"MThd\0\0\0\x06\0\0\0\x01".to_vec();
    file.extend(480_u16.to_be_bytes());
    file.extend(b"MTrk");
    file.extend((track.len() as u32).to_be_bytes());
    file.extend(track);
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_package_is_named() {
        let error = tones("/absent/tones").unwrap_err().to_string();
        assert!(error.contains("/absent/tones") && error.contains("apt-get install freepats"), "{error}");
    }

    #[test]
    fn the_midi_file_holds_a_note_of_two_seconds() {
        let file = midi_file(12);
        assert_eq!(file[..14], *b"MThd\0\0\0\x06\0\0\0\x01\x01\xE0");
        // 0x8F 0x00 is 15 × 128 ticks: two seconds.
        assert_eq!(file[22..], [0, 0xC0, 12, 0, 0x90, 60, 100, 0x8F, 0, 0x80, 60, 0, 0x8F, 0, 0xFF, 0x2F, 0]);
        assert_eq!(file[21] as usize, file.len() - 22);
    }
}
