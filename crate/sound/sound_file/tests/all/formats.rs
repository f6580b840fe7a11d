//! Promises of sound files of other programs: whatever a header repeats wrongly, the samples are those of the file; a
//! file that cannot be read is named.

use std::io::Cursor;

use sound_file::{SoundFileError, decode, encode_wav};

/// A WAV file of 16 bits with one field of its header replaced.
fn wav_with(offset: usize, field: &[u8]) -> Vec<u8> {
    let spec = hound::WavSpec {
        channels: 2,
        sample_rate: 44_100,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut bytes = Vec::new();
    let mut writer = hound::WavWriter::new(Cursor::new(&mut bytes), spec).unwrap();
    (0..64_i16).for_each(|sample| writer.write_sample(sample).unwrap());
    writer.finalize().unwrap();
    bytes[offset..offset + field.len()].copy_from_slice(field);
    bytes
}

#[test]
fn exactly_two_minutes_are_read() {
    let [first, second] = [vec![0.25; 8_000 * 121], vec![0.5; 8_000 * 121]];
    let bytes = encode_wav(&[&first, &second], 8_000).unwrap();
    let sound = decode(&bytes).unwrap();
    assert_eq!(sound.channels.iter().map(Vec::len).collect::<Vec<_>>(), [8_000 * 120; 2]);
}

#[test]
fn a_wav_file_without_a_sample_rate_is_refused() {
    let rate = 24;
    assert!(decode(&wav_with(rate, &44_100_u32.to_le_bytes())).is_ok());
    assert!(decode(&wav_with(rate, &[0; 4])).is_err());
}

#[test]
fn a_recording_whose_lengths_were_never_written_is_heard() {
    let mut whole = encode_wav(&[&[0.5; 1000]], 44_100).expect("a file");
    let expected = decode(&whole).expect("a sound");
    let data = whole.windows(4).position(|name| name == b"data").expect("samples");
    // Programs write the last three to a pipe.
    for (riff, length) in [
        ([0; 4], Some([0; 4])),
        ([36, 0, 0, 0], Some([0; 4])),
        ([4, 0, 0, 0], None),
        ([0xff; 4], Some([0; 4])),
        ([0xff; 4], Some([0xff; 4])),
        ([0x24, 0xf0, 0xff, 0x7f], Some([0, 0xf0, 0xff, 0x7f])),
    ] {
        whole[4..8].copy_from_slice(&riff);
        if let Some(length) = length {
            whole[data + 4..data + 8].copy_from_slice(&length);
        } else {
            whole[data + 4..data + 8].copy_from_slice(&4000_u32.to_le_bytes());
        }
        assert_eq!(decode(&whole).expect("a sound"), expected, "{riff:?} {length:?}");
    }
}

#[test]
fn chunks_after_an_empty_sound_are_not_its_samples() {
    let empty = encode_wav(&[&[]], 44_100).expect("a file");
    let mut bytes = [&empty[..], b"LIST\x04\0\0\0INFO"].concat();
    let all = u32::try_from(bytes.len() - 8).expect("a length");
    bytes[4..8].copy_from_slice(&all.to_le_bytes());
    assert!(matches!(decode(&bytes), Err(SoundFileError::NoSound)));
}

#[test]
fn a_damaged_wav_header_never_panics() {
    for offset in 0..44 {
        for value in [0, 1, 2, 3, 0x7f, 0x80, 0xfe, 0xff] {
            let _ = decode(&wav_with(offset, &[value]));
            let _ = decode(&wav_with(offset.min(40), &[value; 4]));
        }
    }
}

#[test]
fn bytes_that_are_no_sound_are_refused() {
    for bytes in [&b""[..], b"RIFF", b"fLaC\0\0\0\x22", b"OggS\0", b"ID3\x03\0", b"hello, this is a text"] {
        assert!(decode(bytes).is_err(), "{bytes:?}");
    }
}

/// Samples of a sound, as 16 bits.
const SAMPLES: [i16; 8] = [0, 8_192, 16_384, -16_384, -32_768, 1, 0x4141, -2];

/// The same as shares of full scale.
fn values() -> Vec<f32> {
    SAMPLES.iter().map(|sample| f32::from(*sample) / 32_768.0).collect()
}

fn data() -> Vec<u8> {
    SAMPLES.iter().flat_map(|sample| sample.to_le_bytes()).collect()
}

fn part(name: &[u8], content: &[u8]) -> Vec<u8> {
    let pad = vec![0; content.len() % 2];
    [name, &u32::try_from(content.len()).unwrap().to_le_bytes(), content, &pad].concat()
}

/// The content of a format chunk: tag, channels, bytes of a second and of a frame, bits.
fn format(tag: u16, channels: u16, rate_bytes: u32, frame_bytes: u16, bits: u16) -> Vec<u8> {
    let mut content = [tag, channels].map(u16::to_le_bytes).concat();
    content.extend(44_100_u32.to_le_bytes());
    content.extend(rate_bytes.to_le_bytes());
    content.extend([frame_bytes, bits].map(u16::to_le_bytes).concat());
    content
}

fn riff(parts: &[Vec<u8>]) -> Vec<u8> {
    part(b"RIFF", &[b"WAVE", &parts.concat()[..]].concat())
}

fn assert_mono(bytes: &[u8], expected: &[f32]) {
    let sound = decode(bytes).unwrap_or_else(|error| panic!("{error}: {bytes:x?}"));
    assert_eq!(
        (sound.channels.as_slice(), sound.sample_rate_hz),
        (&[expected.to_vec()][..], 44_100),
        "{bytes:x?}"
    );
    assert_eq!(sound.losses, []);
}

#[test]
fn wrong_bytes_of_a_frame_and_a_second_change_nothing() {
    for frame_bytes in [0, 1, 2, 3, 4, 8, 0xFFFF] {
        for rate_bytes in [0, 1, 88_200, 176_400, u32::MAX] {
            let format = format(1, 1, rate_bytes, frame_bytes, 16);
            assert_mono(&riff(&[part(b"fmt ", &format), part(b"data", &data())]), &values());
        }
    }
    // Without the bits of a sample, the bytes of a frame say them.
    let no_bits = format(1, 1, 0, 2, 0);
    assert_mono(&riff(&[part(b"fmt ", &no_bits), part(b"data", &data())]), &values());
}

#[test]
fn every_kind_of_number_is_read() {
    let float: Vec<u8> = values().iter().flat_map(|value| value.to_le_bytes()).collect();
    let double: Vec<u8> = values().iter().flat_map(|value| f64::from(*value).to_le_bytes()).collect();
    let wide = |zeros: usize| -> Vec<u8> {
        SAMPLES.iter().flat_map(|sample| [&vec![0; zeros][..], &sample.to_le_bytes()].concat()).collect()
    };
    for (tag, bits, content) in [
        (1, 16, data()),
        (1, 12, data()),
        (1, 24, wide(1)),
        (1, 20, wide(1)),
        (1, 32, wide(2)),
        (3, 32, float),
        (3, 64, double),
    ] {
        let plain = format(tag, 1, 0, 0, bits);
        assert_mono(&riff(&[part(b"fmt ", &plain), part(b"data", &content)]), &values());
        // The same format, which says its tag in a longer chunk.
        let guid = b"\0\0\0\0\x10\0\x80\0\0\xaa\0\x38\x9b\x71";
        let long =
            [&format(0xFFFE, 1, 0, 0, bits), &[22, 0, 16, 0, 4, 0, 0, 0][..], &tag.to_le_bytes(), guid]
                .concat();
        assert_mono(&riff(&[part(b"fmt ", &long), part(b"data", &content)]), &values());
    }
    let bytes = format(1, 1, 0, 0, 8);
    assert_mono(
        &riff(&[part(b"fmt ", &bytes), part(b"data", &[0, 128, 192, 255])]),
        &[-1.0, 0.0, 0.5, 0.992_187_5],
    );
    // ITU-T G.711: the smallest and the largest numbers of both signs.
    let law =
        |tag| move |content: &[u8]| riff(&[part(b"fmt ", &format(tag, 1, 0, 0, 8)), part(b"data", content)]);
    let shares = |numbers: [i16; 4]| numbers.map(|number| f32::from(number) / 32_768.0);
    assert_mono(&law(7)(&[0xFF, 0x7F, 0x80, 0x00]), &shares([0, 0, 32_124, -32_124]));
    assert_mono(&law(6)(&[0xD5, 0x55, 0xAA, 0x2A]), &shares([8, -8, 32_256, -32_256]));
}

#[test]
fn other_chunks_stand_anywhere() {
    let [fmt, data] = [part(b"fmt ", &format(1, 1, 88_200, 2, 16)), part(b"data", &data())];
    let [list, odd] = [part(b"LIST", b"INFOINAM\x02\0\0\0a\0"), part(b"bext", b"odd")];
    let unpadded = [b"junk\x03\0\0\0".as_slice(), b"odd"].concat();
    for parts in [
        vec![&odd, &fmt, &list, &data],
        vec![&fmt, &odd, &data, &list, &odd],
        vec![&data, &fmt],
        vec![&unpadded, &fmt, &unpadded, &data],
    ] {
        let parts: Vec<Vec<u8>> = parts.into_iter().cloned().collect();
        assert_mono(&riff(&parts), &values());
    }
    // A chunk with a length beyond the file hides the others.
    let wrong = b"LIST\xff\xff\xff\x7fINFO".to_vec();
    assert_mono(&riff(&[wrong, fmt, data]), &values());
}

#[test]
fn a_wrong_length_of_the_samples_is_that_of_the_file() {
    let whole = riff(&[part(b"fmt ", &format(1, 1, 88_200, 2, 16)), part(b"data", &data())]);
    for length in [2_u32, 7, 8, 4_000, 0x7FFF_F000, u32::MAX] {
        let mut bytes = whole.clone();
        bytes[40..44].copy_from_slice(&length.to_le_bytes());
        assert_mono(&bytes, &values());
    }
}

#[test]
fn files_longer_than_four_gigabytes_have_the_same_samples() {
    let fmt = part(b"fmt ", &format(1, 1, 88_200, 2, 16));
    let list = part(b"LIST", b"INFOINAM\x02\0\0\0a\0");
    for name in [b"RF64", b"BW64"] {
        let long = [&0_u64.to_le_bytes()[..], &16_u64.to_le_bytes(), &8_u64.to_le_bytes(), &[0; 4]].concat();
        let samples = [b"data\xff\xff\xff\xff", &data()[..]].concat();
        let parts = [part(b"ds64", &long), fmt.clone(), samples, list.clone()].concat();
        assert_mono(&[name, &b"\xff\xff\xff\xffWAVE"[..], &parts].concat(), &values());
    }
    // Wave64 of Sony.
    let chunk = |name: &[u8], content: &[u8]| {
        let guid = b"\xF3\xAC\xD3\x11\x8C\xD1\x00\xC0\x4F\x8E\xDB\x8A";
        let pad = vec![0; content.len().next_multiple_of(8) - content.len()];
        [name, guid, &(content.len() as u64 + 24).to_le_bytes(), content, &pad].concat()
    };
    let parts =
        [chunk(b"junk", b"odd"), chunk(b"fmt ", &format(1, 1, 88_200, 2, 16)), chunk(b"data", &data())]
            .concat();
    let head = b"riff\x2E\x91\xCF\x11\xA5\xD6\x28\xDB\x04\xC1\0\0";
    let wave = b"wave\xF3\xAC\xD3\x11\x8C\xD1\x00\xC0\x4F\x8E\xDB\x8A";
    assert_mono(&[&head[..], &0_u64.to_le_bytes(), wave, &parts].concat(), &values());
}

#[test]
fn a_wav_file_behind_a_tag_or_another_header_is_found() {
    let whole = riff(&[part(b"fmt ", &format(1, 1, 88_200, 2, 16)), part(b"data", &data())]);
    for before in [&b"ID3\x04\0\0\0\0\0\x03abc"[..], &[0; 128], &[b'x'; 100]] {
        assert_mono(&[before, &whole].concat(), &values());
    }
}

#[test]
fn a_format_that_is_not_read_is_named() {
    let wav = |tag: u16, bits| riff(&[part(b"fmt ", &format(tag, 1, 0, 2, bits)), part(b"data", &data())]);
    for (bytes, name) in [
        (wav(0x566F, 16), "a WAV file with Vorbis"),
        (wav(0x11, 4), "a WAV file with ADPCM"),
        (wav(0x31, 0), "a WAV file with GSM"),
        (wav(0x1234, 16), "a WAV file with samples in the format 0x1234"),
        (wav(1, 48), "a WAV file with samples of 48 bits"),
        (b"\0\0\0\x20ftypM4A rest".to_vec(), "an MP4 or M4A file"),
        (b"FORM\0\0\0\x20AIFF".to_vec(), "an AIFF file"),
    ] {
        let error = decode(&bytes).unwrap_err();
        assert_eq!(error, SoundFileError::Unsupported(name.to_owned()));
        assert!(error.advice().starts_with("convert it"), "{}", error.advice());
    }
    assert_eq!(decode(&wav(1, 16)[..30]), Err(SoundFileError::EndsTooEarly));
    assert_eq!(decode(b"fLaC\0\0\0\x22\x10\0"), Err(SoundFileError::EndsTooEarly));
    for other in [&b"RIFF\x04\0\0\0AVI LIST"[..], b"hello, this is a text", &[0xff, 0xfb, 0x90, 0]] {
        assert_eq!(decode(other), Err(SoundFileError::UnknownFormat), "{other:?}");
    }
}

#[test]
fn a_sound_at_its_own_rate_is_not_changed_and_another_one_keeps_its_pitch() {
    let tone = |rate_hz: u32| -> Vec<f32> {
        let step = 2.0 * std::f64::consts::PI * 1_000.0 / f64::from(rate_hz);
        (0..rate_hz).map(|at| (0.5 * (f64::from(at) * step).sin()) as f32).collect()
    };
    let own = decode(&encode_wav(&[&tone(44_100)], 44_100).unwrap()).unwrap();
    assert_eq!(own.clone().at_rate(44_100), own);
    let high = decode(&encode_wav(&[&tone(96_000)], 96_000).unwrap()).unwrap().at_rate(44_100);
    assert_eq!(high.sample_rate_hz, 44_100);
    assert!(high.channels[0].len().abs_diff(44_100) < 3, "{}", high.channels[0].len());
    let middle = 4_000..40_000;
    let pairs = high.channels[0][middle.clone()].iter().zip(&own.channels[0][middle]);
    let worst = pairs.map(|(one, other)| (one - other).abs()).fold(0.0, f32::max);
    // The resampler rounds its delay to a sample: half of one is 7 % of the tone.
    assert!(worst < 0.04, "{worst}");
}
