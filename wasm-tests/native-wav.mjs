// Reads the WAV files of native renders.
import { readFileSync } from 'node:fs';

/**
 * The samples of a WAV file of 32-bit floats, interleaved.
 * @param {string} path
 */
export function readWav(path) {
  const file = readFileSync(path);
  for (let offset = 12; offset + 8 <= file.length; offset += 8 + file.readUInt32LE(offset + 4)) {
    if (file.toString('latin1', offset, offset + 4) === 'data') {
      const start = file.byteOffset + offset + 8;
      return new Float32Array(file.buffer.slice(start, start + file.readUInt32LE(offset + 4)));
    }
  }
  throw new Error(`${path} has no samples`);
}
