//! Any of the formats: WAV, FLAC, OGG Vorbis, Opus and MP3, recognised by the content.

use std::io::{Cursor, ErrorKind};

use symphonia::core::audio::SampleBuffer;
use symphonia::core::codecs::{CODEC_TYPE_VORBIS, CodecParameters, DecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::FormatOptions;
use symphonia::core::io::MediaSourceStream;
use symphonia::core::meta::MetadataOptions;
use symphonia::core::probe::Hint;

use crate::ogg::{OggCodec, OggLink, links};
use crate::opus::decode_opus;
use crate::pcm::decode_pcm;
use crate::sound::{LONGEST_S, SoundFile};
use crate::tags::without_tags;
use crate::wav_reading::wav_parts;
use crate::{SoundFileError, SoundLoss};

/// The beginning of a sound, up to two minutes, whatever the format.
///
/// # Errors
/// If the bytes are no sound of a known format.
pub fn decode(bytes: &[u8]) -> Result<SoundFile, SoundFileError> {
    let bytes = without_tags(bytes);
    if bytes.starts_with(b"OggS") {
        return decode_chain(bytes);
    }
    match wav_parts(bytes) {
        // A WAV file may hold another format.
        Some(Ok(wav)) if wav.samples.starts_with(b"OggS") => decode_chain(wav.samples),
        Some(Ok(wav)) if matches!(wav.tag, 0x50 | 0x55) => decode_stream(without_tags(wav.samples)),
        Some(wav) => decode_pcm(&wav?),
        None => match foreign(bytes) {
            Some(name) => Err(SoundFileError::Unsupported(name.to_owned())),
            None => decode_stream(bytes),
        },
    }
}

/// The name of a format that is known and not read.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    let is_at = |at: usize, name: &[u8]| bytes.get(at..).is_some_and(|rest| rest.starts_with(name));
    let known: [(usize, &[u8], &str); 8] = [
        (4, b"ftyp", "an MP4 or M4A file"),
        (0, b"FORM", "an AIFF file"),
        (0, b"caff", "a CAF file"),
        (0, b"\x1a\x45\xdf\xa3", "a WebM or Matroska file"),
        (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "a WMA file"),
        (0, b"#!AMR", "an AMR file"),
        (0, b"RIFX", "a WAV file of big-endian numbers"),
        (0, b"MThd", "a MIDI file"),
    ];
    known.into_iter().find(|(at, name, _)| is_at(*at, name)).map(|(_, _, name)| name)
}

/// All links of an OGG file, one after the other, with rate and channels of the first one.
fn decode_chain(bytes: &[u8]) -> Result<SoundFile, SoundFileError> {
    let (links, is_damaged) = links(bytes);
    // The usual file, of a single link, is decoded as it is.
    let parts = match links.as_slice() {
        [only] => vec![decode_link(only, bytes)],
        all => all.iter().map(|link| decode_link(link, link.bytes)).collect(),
    };
    let mut whole: Option<SoundFile> = None;
    let mut reason = SoundFileError::Damaged;
    let mut lacks_link = false;
    for part in parts {
        match (part, &mut whole) {
            (Ok(part), None) => whole = Some(part),
            (Ok(part), Some(whole)) => whole.append(part),
            // An empty link has nothing to lose.
            (Err(SoundFileError::NoSound), _) => reason = SoundFileError::NoSound,
            (Err(error), _) => {
                lacks_link = true;
                reason = error;
            }
        }
    }
    let mut whole = whole.ok_or(reason)?;
    if is_damaged || lacks_link {
        whole.lose(SoundLoss::Damaged);
    }
    let most = LONGEST_S * whole.sample_rate_hz as usize;
    if whole.channels.iter().any(|channel| channel.len() > most) {
        whole.channels.iter_mut().for_each(|channel| channel.truncate(most));
        whole.lose(SoundLoss::Long);
    }
    Ok(whole)
}

fn decode_link(link: &OggLink, bytes: &[u8]) -> Result<SoundFile, SoundFileError> {
    match link.codec() {
        Some(OggCodec::Opus) => decode_opus(link),
        Some(OggCodec::Other(name)) => Err(SoundFileError::Unsupported(name.to_owned())),
        Some(OggCodec::Vorbis | OggCodec::Flac) => decode_stream(bytes),
        None => Err(SoundFileError::EndsTooEarly),
    }
}

/// A FLAC, OGG Vorbis or MP3 file.
fn decode_stream(bytes: &[u8]) -> Result<SoundFile, SoundFileError> {
    let is_known = [b"fLaC", b"OggS"].iter().any(|beginning| bytes.starts_with(*beginning));
    let stream = MediaSourceStream::new(Box::new(Cursor::new(bytes.to_vec())), Default::default());
    let probed = symphonia::default::get_probe()
        .format(&Hint::new(), stream, &FormatOptions::default(), &MetadataOptions::default())
        // Noise may look like any format somewhere in it.
        .map_err(|error| if is_known { reason(&error) } else { SoundFileError::UnknownFormat })?;
    let mut format = probed.format;
    let track = format.default_track().ok_or(SoundFileError::NoSound)?;
    let id = track.id;
    let Own { begin, end, decoded } = own_samples(&track.codec_params);
    let mut decoder = symphonia::default::get_codecs()
        .make(&track.codec_params, &DecoderOptions::default())
        .map_err(|error| reason(&error))?;
    let mut sound = SoundFile::default();
    // A file that is cut off is heard as far as it goes.
    while let Ok(packet) = format.next_packet() {
        if packet.track_id() != id {
            continue;
        }
        let audio = match decoder.decode(&packet) {
            Ok(audio) => audio,
            Err(Error::DecodeError(_)) => {
                // The first frame of a file that was cut out of another one refers to bytes before it.
                if !sound.channels.is_empty() {
                    sound.lose(SoundLoss::Damaged);
                }
                continue;
            }
            Err(_) => {
                sound.lose(SoundLoss::Damaged);
                break;
            }
        };
        let spec = *audio.spec();
        let count = spec.channels.count();
        if sound.channels.is_empty() {
            sound.channels = vec![Vec::new(); count];
            sound.sample_rate_hz = spec.rate;
        }
        // Another layout within a file ends it.
        if count != sound.channels.len() || spec.rate != sound.sample_rate_hz || count == 0 {
            sound.lose(SoundLoss::Damaged);
            break;
        }
        let mut samples = SampleBuffer::<f32>::new(audio.capacity() as u64, spec);
        samples.copy_interleaved_ref(audio);
        for (at, &sample) in samples.samples().iter().enumerate() {
            sound.channels[at % count].push(sample);
        }
        // One sample more tells that it goes on.
        if sound.channels[0].len() > begin.saturating_add(LONGEST_S * spec.rate as usize) {
            break;
        }
    }
    // Packets are not equally long in all formats.
    let longest = LONGEST_S * sound.sample_rate_hz as usize;
    let mut is_long = false;
    for channel in &mut sound.channels {
        // If files were joined, only the first one states its end.
        if channel.len() <= decoded.saturating_add(LONGEST_FRAME) {
            channel.truncate(end);
        }
        // A tag that leaves nothing is wrong.
        if begin < channel.len() {
            channel.drain(..begin);
        }
        is_long |= channel.len() > longest;
        channel.truncate(longest);
    }
    if is_long {
        sound.lose(SoundLoss::Long);
    }
    if sound.channels.iter().all(Vec::is_empty) { Err(SoundFileError::NoSound) } else { Ok(sound) }
}

/// The reason of the library, in our own words.
fn reason(error: &Error) -> SoundFileError {
    match error {
        Error::IoError(error) if error.kind() == ErrorKind::UnexpectedEof => SoundFileError::EndsTooEarly,
        _ => SoundFileError::Damaged,
    }
}

/// Samples of the longest frame of MP3.
const LONGEST_FRAME: usize = 1_152;

/// The range of the decoded samples that belongs to the sound itself.
struct Own {
    begin: usize,
    end: usize,
    /// The number of samples that the file declares, with the encoder's silence.
    decoded: usize,
}

/// The samples between the silences that encoders of MP3 and Vorbis put before a sound (1,105 samples of MP3) and
/// after it; the file states their lengths. symphonia 0.5.5 could leave the silence out itself (`enable_gapless`).
/// But where overflows are checked, it panics at lengths that do not fit.
fn own_samples(track: &CodecParameters) -> Own {
    let whole = |samples: u64| usize::try_from(samples).unwrap_or(usize::MAX);
    let [delay, padding] = [track.delay, track.padding].map(|samples| u64::from(samples.unwrap_or(0)));
    let is_vorbis = track.codec == CODEC_TYPE_VORBIS;
    // Encoders of Vorbis put nothing before a sound: in files of a single page symphonia takes the padding for a delay.
    let (begin, after) = if is_vorbis { (0, delay + padding) } else { (delay, padding) };
    // Without a tag the length of an MP3 file is only estimated; the last page of Vorbis has its length.
    let samples = track.n_frames.filter(|_| is_vorbis || track.padding.is_some());
    let end = samples.map(|samples| samples.saturating_sub(after)).filter(|&end| end > begin);
    Own {
        begin: whole(begin),
        end: whole(end.unwrap_or(u64::MAX)),
        decoded: whole(samples.unwrap_or(u64::MAX)),
    }
}
