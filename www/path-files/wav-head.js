// The head of a WAV file of 32-bit floats, as the command `latent-pad` writes it.

/** A sample in bytes. */
const SAMPLE_BYTES = 4;
/** WAVE_FORMAT_EXTENSIBLE with its length; and the part of the subformat behind its first two bytes (3: float). */
const EXTENSIBLE = 0xfffe;
const FORMAT_BYTES = 40;
const FLOAT = 3;
const SUBFORMAT = [0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xaa, 0x00, 0x38, 0x9b, 0x71];

/** The bytes before the samples. @param {number} frames @param {number} channels 1 or 2 @param {number} rate_hz */
export function wavHead(frames, channels, rate_hz) {
  const frameBytes = channels * SAMPLE_BYTES;
  const dataBytes = frames * frameBytes;
  const view = new DataView(new ArrayBuffer(28 + FORMAT_BYTES));
  let at = 0;
  const text = (/** @type {string} */ letters) => {
    for (const letter of letters) view.setUint8(at++, letter.charCodeAt(0));
  };
  const word = (/** @type {number} */ number) => {
    view.setUint16(at, number, true);
    at += 2;
  };
  const long = (/** @type {number} */ number) => {
    view.setUint32(at, number, true);
    at += 4;
  };
  text('RIFF');
  long(20 + FORMAT_BYTES + dataBytes);
  text('WAVEfmt ');
  long(FORMAT_BYTES);
  word(EXTENSIBLE);
  word(channels);
  long(rate_hz);
  long(rate_hz * frameBytes);
  word(frameBytes);
  word(8 * SAMPLE_BYTES);
  // The bytes that follow, the bits that count, and the loudspeakers: left and right, or the middle.
  word(22);
  word(8 * SAMPLE_BYTES);
  long(channels === 2 ? 3 : 4);
  word(FLOAT);
  for (const byte of SUBFORMAT) view.setUint8(at++, byte);
  text('data');
  long(dataBytes);
  return view;
}
