//! A sound file: it is refused by a sentence, or has channels of at most two minutes. symphonia's readers are others'
//! work; the target tests that no file makes them panic, hang or take memory without limit through our code.

use sound_file::{decode, encode_wav};

const LONGEST_S: usize = 120;
/// A file may state any rate; above this one, the header of a WAV file has no room for the bytes of a second.
const GREATEST_RATE_HZ: u32 = 768_000;

/// Feeds the reader.
///
/// # Panics
/// If the reader breaks its promise.
pub fn feed(file: &[u8]) {
    match decode(file) {
        Ok(sound) => {
            let longest = sound.channels.iter().map(Vec::len).max().unwrap_or_default();
            assert!(longest > 0 && longest <= LONGEST_S * sound.sample_rate_hz as usize, "{longest}");
            let mut channels = sound.channels.clone();
            // 32-bit numbers lose nothing; amSynth's sounds have at most two channels.
            channels.truncate(2);
            let is_plain = sound.sample_rate_hz <= GREATEST_RATE_HZ
                && channels.iter().flatten().all(|sample| sample.abs() <= 1.0);
            if is_plain && channels.iter().all(|channel| channel.len() == longest) {
                let slices: Vec<&[f32]> = channels.iter().map(Vec::as_slice).collect();
                let again =
                    decode(&encode_wav(&slices, sound.sample_rate_hz).expect("a file")).expect("a sound");
                assert_eq!((again.channels, again.sample_rate_hz), (channels, sound.sample_rate_hz));
            }
        }
        Err(error) => assert!(error.to_string().chars().count() < 300, "{error}"),
    }
}
