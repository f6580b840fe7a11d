//! Writes sounds that amSynth did not make as WAV files, for `latent-pad evaluate --task match --sounds`: into the
//! folders `synthesizers` and `instruments` below a given one. Needs Debian's packages hexter, whysynth,
//! freepats and timidity.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use reference::foreign::{ForeignSound, SAMPLE_RATE_HZ, SYNTHESIZERS, instruments};

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: foreign-sounds FOLDER");
        return ExitCode::from(2);
    };
    match write(&folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn write(folder: &Path) -> Result<(), Box<dyn Error>> {
    let [synthesizers, tones] = ["synthesizers", "instruments"].map(|name| folder.join(name));
    std::fs::create_dir_all(&synthesizers)?;
    for synthesizer in SYNTHESIZERS {
        let sounds = synthesizer.sounds()?;
        sounds.iter().try_for_each(|sound| write_sound(&synthesizers, sound))?;
        println!("{}: {} programs", synthesizer.package, sounds.len());
    }
    std::fs::create_dir_all(&tones)?;
    println!("freepats: {} tones", instruments(&tones)?);
    Ok(())
}

fn write_sound(folder: &Path, sound: &ForeignSound) -> hound::Result<()> {
    // Names of programs may be any text.
    let name = sound.name.replace(|letter: char| !letter.is_ascii_alphanumeric(), " ");
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let spec = hound::WavSpec {
        channels: sound.channels.len() as u16,
        sample_rate: SAMPLE_RATE_HZ,
        bits_per_sample: 32,
        sample_format: hound::SampleFormat::Float,
    };
    let mut file = hound::WavWriter::create(folder.join(name).with_extension("wav"), spec)?;
    for frame in 0..sound.channels.first().map_or(0, Vec::len) {
        sound.channels.iter().try_for_each(|channel| file.write_sample(channel[frame]))?;
    }
    file.finalize()
}
