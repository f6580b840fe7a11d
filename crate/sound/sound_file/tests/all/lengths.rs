//! A sound has the same length and the same beginning in every format: the silence that encoders put before and after
//! it is left out.

use sound_file::{SoundFile, decode};
use std::path::Path;

/// A tone of the command's tests.
fn stored(kind: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../lab/cli/tests/sounds/tone.{kind}"));
    std::fs::read(path).expect("it is stored")
}

fn decoded(bytes: Vec<u8>) -> SoundFile {
    decode(&bytes).expect("it is a sound")
}

/// A frame as LAME writes it before an MP3 file of one channel at 22.05 kHz, whose frames have 576 samples: the
/// number of frames, and the encoder's delay and padding.
fn info_frame(bytes: &[u8], frames: u32, [delay, padding]: [u32; 2]) -> Vec<u8> {
    let mut frame = bytes[..4].to_vec();
    frame.extend([0; 9]);
    frame.extend(b"Info");
    frame.extend(1_u32.to_be_bytes());
    frame.extend(frames.to_be_bytes());
    // An encoder that writes no checksum of the tag.
    frame.extend(b"Lavc58.13");
    frame.extend([0; 12]);
    frame.extend(&(delay << 12 | padding).to_be_bytes()[1..]);
    frame.resize(frame_length(bytes), 0);
    frame
}

/// The bytes from one header to the next.
fn frame_length(bytes: &[u8]) -> usize {
    (4..).find(|&at| bytes[at..].starts_with(&bytes[..2])).expect("a second frame")
}

#[test]
fn flac_and_vorbis_have_the_same_length_and_beginning() {
    let [flac, ogg] = ["flac", "ogg"].map(|kind| decoded(stored(kind)));
    assert_eq!(ogg.channels[0].len(), flac.channels[0].len());
    // The tone begins at once, so that samples cut off at its beginning change the phase alone.
    let product = |lag: usize| -> f32 {
        ogg.channels[0][lag..].iter().zip(&flac.channels[0]).map(|(one, other)| one * other).sum()
    };
    let energy: f32 = flac.channels[0].iter().map(|sample| sample * sample).sum();
    assert!(product(0) > 0.99 * energy, "{} of {energy}", product(0));
    let wav = sound_file::encode_wav(&[&flac.channels[0]], flac.sample_rate_hz).expect("as long");
    assert_eq!(decoded(wav).channels[0].len(), flac.channels[0].len());
}

#[test]
fn the_delay_and_the_padding_of_an_mp3_file_are_left_out() {
    let bare = stored("mp3");
    let all = decoded(bare.clone());
    let frames = (all.channels[0].len() / 576) as u32;
    let tagged = [info_frame(&bare, frames, [576, 1_000]), bare.clone()].concat();
    let own = decoded(tagged);
    // The decoder is late by 529 samples, which the padding counts, too.
    let kept = 576 + 529..all.channels[0].len() - (1_000 - 529);
    assert_eq!(own.channels[0].len(), kept.len());
    assert!(own.channels[0] == all.channels[0][kept], "the samples between them");
    let joined = decoded([info_frame(&bare, frames, [576, 1_000]), bare.clone(), bare.clone()].concat());
    assert!(joined.channels[0].len() > 3 * own.channels[0].len() / 2, "joined files end with the last one");
    for wrong in [[0xfff, 0xfff], [0, 0xfff], [0xfff, 0]] {
        for frames in [0, 1, u32::MAX] {
            let sound = decode(&[info_frame(&bare, frames, wrong), bare.clone()].concat());
            assert!(sound.is_ok_and(|sound| !sound.channels[0].is_empty()), "{wrong:?} of {frames} frames");
        }
    }
}
