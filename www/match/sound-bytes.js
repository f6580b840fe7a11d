// The bytes of a sound file as every browser decodes them, as crate/sound/sound_file reads them: without tags before the
// sound, each link of a chained OGG file on its own, a WAV file with a header that repeats nothing wrongly.

const LARGEST_32 = 0xffffffff;
/** A beginning of other programs may stand before a WAV header, up to so many bytes. */
const LATEST_HEADER = 4096;
/** The tag of a format whose own tag stands behind it. */
const EXTENSIBLE = 0xfffe;
/** Bytes of a sample in PCM, as floats, and in the two laws of telephones. */
const PLAIN = new Map([
  [1, [1, 2, 3, 4]],
  [3, [4, 8]],
  [6, [1]],
  [7, [1]],
]);
/** Bytes of a chunk's head, and of an OGG page before its table. */
const HEAD = 8;
const PAGE_HEAD = 27;

/** The ASCII text of bytes. @param {Uint8Array} bytes @param {number} at @param {number} [length] */
const name = (bytes, at, length = 4) => String.fromCharCode(...bytes.subarray(at, at + length));

/** @param {Uint8Array} bytes */
const viewOf = bytes => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The parts of a sound file, one after the other. @param {ArrayBuffer} file @returns {ArrayBuffer[]} */
export function soundParts(file) {
  const bytes = withoutTags(new Uint8Array(file));
  if (name(bytes, 0) === 'OggS') return linksOf(bytes).map(whole);
  const wav = plainWav(bytes);
  return [wav ?? (bytes.byteLength === file.byteLength ? file : whole(bytes))];
}

/** @param {Uint8Array} bytes @returns {ArrayBuffer} */
const whole = bytes => new Uint8Array(bytes).buffer;

/** The bytes after all tags of ID3 and APE, and the zeros behind each. @param {Uint8Array} bytes @returns {Uint8Array} */
function withoutTags(bytes) {
  const length = tagLength(bytes);
  if (length === 0 || length > bytes.length) return bytes;
  const after = bytes.subarray(length);
  const padding = after.findIndex(byte => byte !== 0);
  return withoutTags(after.subarray(Math.max(padding, 0)));
}

/** @param {Uint8Array} bytes */
function tagLength(bytes) {
  if (name(bytes, 0, 3) === 'ID3' && bytes.length >= 10) {
    const length = bytes.subarray(6, 10).reduce((sum, byte) => sum * 128 + (byte & 127), 0);
    return 10 + length + (bytes[5] & 16 ? 10 : 0);
  }
  return name(bytes, 0, HEAD) === 'APETAGEX' && bytes.length >= 16 ? 32 + viewOf(bytes).getUint32(12, true) : 0;
}

/** The links of an OGG file: a page that begins a stream after other pages begins one. @param {Uint8Array} bytes */
function linksOf(bytes) {
  const begins = [0];
  let wasFirst = true;
  for (let at = 0; at + PAGE_HEAD <= bytes.length && name(bytes, at) === 'OggS'; ) {
    const isFirst = (bytes[at + 5] & 2) !== 0;
    if (isFirst && !wasFirst) begins.push(at);
    wasFirst = isFirst;
    const segments = bytes.subarray(at + PAGE_HEAD, at + PAGE_HEAD + bytes[at + 26]);
    at += PAGE_HEAD + segments.length + segments.reduce((sum, length) => sum + length, 0);
  }
  return begins.map((begin, index) => bytes.subarray(begin, begins[index + 1]));
}

/** A WAV file with a new header, if its samples are plain numbers. @param {Uint8Array} bytes */
function plainWav(bytes) {
  const begin = beginOfWav(bytes);
  if (begin < 0) return undefined;
  const wav = bytes.subarray(begin);
  const { format, samples } = chunksOf(wav);
  if (format < 0 || !samples || format + 16 > wav.length) return undefined;
  const view = viewOf(wav);
  const field = (/** @type {number} */ at) => (format + at + 2 <= wav.length ? view.getUint16(format + at, true) : 0);
  const tag = field(0) === EXTENSIBLE ? field(24) : field(0);
  const [channels, rate_hz] = [field(2), view.getUint32(format + 4, true)];
  const bits = field(14) || 8 * Math.floor(field(12) / channels);
  const bytesOfSample = tag > 3 ? 1 : Math.ceil(bits / 8);
  if (!PLAIN.get(tag)?.includes(bytesOfSample) || channels === 0) return undefined;
  return headed(samples, tag, channels, rate_hz, bytesOfSample);
}

/** @param {Uint8Array} samples @param {number} tag @param {number} channels @param {number} rate_hz @param {number} size */
function headed(samples, tag, channels, rate_hz, size) {
  const frame = channels * size;
  const length = samples.length - (samples.length % frame);
  const file = new ArrayBuffer(44 + length);
  const view = new DataView(file);
  const bytes = new Uint8Array(file);
  for (const [at, text] of /** @type {const} */ ([
    [0, 'RIFF'],
    [HEAD, 'WAVEfmt '],
    [36, 'data'],
  ]))
    bytes.set(new TextEncoder().encode(text), at);
  view.setUint32(4, 36 + length, true);
  view.setUint32(16, 16, true);
  view.setUint16(20, tag, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, rate_hz, true);
  view.setUint32(28, rate_hz * frame, true);
  view.setUint16(32, frame, true);
  view.setUint16(34, 8 * size, true);
  view.setUint32(40, length, true);
  bytes.set(samples.subarray(0, length), 44);
  return file;
}

/** @param {Uint8Array} bytes */
function beginOfWav(bytes) {
  for (let at = 0; at + 12 <= Math.min(bytes.length, LATEST_HEADER); at++)
    if (['RIFF', 'RF64', 'BW64'].includes(name(bytes, at)) && name(bytes, at + HEAD) === 'WAVE') return at;
  return -1;
}

/** The place of the format, and the samples. @param {Uint8Array} wav */
function chunksOf(wav) {
  const view = viewOf(wav);
  const found = { format: -1, samples: /** @type {Uint8Array | undefined} */ (undefined) };
  let long = -1;
  const take = (/** @type {number} */ at) => {
    const length = view.getUint32(at + 4, true);
    const begin = at + HEAD;
    if (name(wav, at) === 'ds64' && begin + 16 <= wav.length) long = Number(view.getBigUint64(begin + 8, true));
    if (name(wav, at) === 'fmt ' && found.format < 0) found.format = begin;
    if (name(wav, at) === 'data') found.samples = wav.subarray(begin, endOfSamples(wav, begin, length, long));
    return begin + length;
  };
  for (let at = 12; at + HEAD <= wav.length && !(found.samples && found.format >= 0); ) {
    const end = take(at);
    const even = end + ((end - at) % 2);
    at = !isChunk(wav, even) && isChunk(wav, end) ? end : even;
  }
  // A chunk with a wrong length hides those after it.
  for (let at = 12; at + HEAD <= wav.length && !(found.samples && found.format >= 0); at++)
    if ((found.format < 0 && name(wav, at) === 'fmt ') || (!found.samples && name(wav, at) === 'data')) take(at);
  return found;
}

/** True if a chunk may begin here. @param {Uint8Array} wav @param {number} at */
const isChunk = (wav, at) => at + 4 <= wav.length && wav.subarray(at, at + 4).every(byte => byte >= 32 && byte < 127);

/**
 * The end of the samples: that of the file if the length cannot be right.
 * @param {Uint8Array} wav @param {number} begin @param {number} stated @param {number} long
 */
function endOfSamples(wav, begin, stated, long) {
  const length = stated === LARGEST_32 && long >= 0 ? long : stated;
  const riffEnd = viewOf(wav).getUint32(4, true) + HEAD;
  if (length > wav.length - begin || (length === 0 && riffEnd !== wav.length)) return wav.length;
  const end = begin + length;
  const even = end + (length % 2);
  const ends =
    wav.length < end + HEAD || isChunk(wav, end) || isChunk(wav, even) || riffEnd === end || riffEnd === even;
  return length === 0 || ends || wav.subarray(end).every(byte => byte === 0) ? end : wav.length;
}
