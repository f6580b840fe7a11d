//! A sound in Opus, as messengers record it (RFC 7845), at 48 kHz.

use opus_decoder::OpusDecoder;

use crate::ogg::OggLink;
use crate::sound::{LONGEST_S, SoundFile};
use crate::{SoundFileError, SoundLoss};

/// Opus decodes at this rate, whatever rate was recorded.
const RATE_HZ: u32 = 48_000;
/// The beginning of the first packet.
const HEAD: &[u8] = b"OpusHead";
/// Samples of the longest packet, 120 ms.
const LONGEST_PACKET: usize = 5_760;

/// The sound of a link.
pub(crate) fn decode_opus(link: &OggLink) -> Result<SoundFile, SoundFileError> {
    let (packets, position) = link.packets(HEAD);
    let (head, sound) = match packets.as_slice() {
        [] => return Err(SoundFileError::EndsTooEarly),
        [head] => (head, &[][..]),
        [head, _tags, sound @ ..] => (head, sound),
    };
    let fields = head.get(HEAD.len() + 1..).unwrap_or_default();
    let &[channels, skip_0, skip_1, _, _, _, _, gain_0, gain_1, mapping, ..] = fields else {
        return Err(SoundFileError::EndsTooEarly);
    };
    let skip = usize::from(u16::from_le_bytes([skip_0, skip_1]));
    let gain_db = f32::from(i16::from_le_bytes([gain_0, gain_1])) / 256.0;
    let count = usize::from(channels);
    if !(1..=2).contains(&count) || mapping > 1 {
        return Err(SoundFileError::Unsupported(format!("Opus with {count} channels")));
    }
    let mut decoder = OpusDecoder::new(RATE_HZ, count).map_err(|_| SoundFileError::Damaged)?;
    let gain = 10.0_f32.powf(gain_db / 20.0);
    let most = LONGEST_S * RATE_HZ as usize;
    // A file that was cut out of another one does not begin at 0; then its end is that of its packets.
    let end = usize::try_from(position).ok().filter(|end| *end > skip).unwrap_or(usize::MAX);
    let mut own = vec![Vec::new(); count];
    let mut block = vec![0.0; LONGEST_PACKET * count];
    let mut losses = Vec::new();
    let mut decoded = 0;
    for packet in sound.iter().filter(|packet| !packet.is_empty()) {
        let Ok(frames) = decoder.decode_float(packet, &mut block, false) else {
            losses = vec![SoundLoss::Damaged];
            continue;
        };
        for frame in block.chunks_exact(count).take(frames) {
            if decoded >= skip && decoded < end {
                own.iter_mut().zip(frame).for_each(|(channel, sample)| channel.push(gain * sample));
            }
            decoded += 1;
        }
        if decoded > skip.saturating_add(most) {
            break;
        }
    }
    if own[0].len() > most {
        own.iter_mut().for_each(|channel| channel.truncate(most));
        losses.push(SoundLoss::Long);
    }
    if own[0].is_empty() {
        return Err(SoundFileError::NoSound);
    }
    Ok(SoundFile { channels: own, sample_rate_hz: RATE_HZ, losses })
}
