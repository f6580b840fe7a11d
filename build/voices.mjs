// Writes synthetic voices for `latent-pad evaluate --task sketch`: node build/voices.mjs FOLDER. Spoken letters of
// Debian's package klettres-data with melodies applied by resampling (which moves the formants, too), syllables of
// espeak-ng that sing, and puredata-doc's two recordings. Needs also oggdec of vorbis-tools. Every second voice goes
// into FOLDER/tuning, by which constants were chosen, the others into FOLDER/reported.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const KLETTRES = '/usr/share/klettres';
/** Languages of the letters, and how many of each: every fourth file, in the order of their names. */
const LANGUAGES = ['cs', 'da', 'de', 'en', 'es', 'fr', 'it', 'nl'];
const LETTERS = 6;
/** Voices and syllables that sing. */
const SINGERS = ['en', 'en+f3', 'de', 'fr+f2', 'it', 'en+m7'];
const SYLLABLES = ['la', 'mo', 'doo', 'hey'];
/** Melodies in semitones, a note for each syllable. */
const MELODIES = [
  [0, 2, 4, 5],
  [0, -3, -5],
  [7, 4, 0],
  [0, 7, 3, 5],
];

/**
 * The changes of a letter's pitch, in semitones over seconds and over the share of its length.
 * @type {Record<string, (seconds: number, share: number) => number>}
 */
const PITCH_CURVES = {
  spoken: () => 0,
  higher: () => 5,
  rising: (_, share) => 7 * share,
  falling: (_, share) => -5 * share,
  vibrato: seconds => 0.4 * Math.sin(2 * Math.PI * 5.5 * seconds),
  steps: (_, share) => [0, 4, 2][Math.min(2, Math.floor(3 * share))],
};

/** The samples and the rate of a WAV file with 16 bits; only its first channel. @param {Buffer} file */
function readWav(file) {
  let [at, channels, rate] = [12, 1, 0];
  while (at + 8 <= file.length) {
    const kind = file.toString('latin1', at, at + 4);
    // A program that writes into a pipe does not know its length.
    const size = Math.min(file.readUInt32LE(at + 4), file.length - at - 8);
    if (kind === 'fmt ') [channels, rate] = [file.readUInt16LE(at + 10), file.readUInt32LE(at + 12)];
    if (kind === 'data') {
      const frames = Math.floor(size / 2 / channels);
      return {
        rate,
        samples: Float32Array.from(
          { length: frames },
          (_, frame) => file.readInt16LE(at + 8 + 2 * channels * frame) / 32768,
        ),
      };
    }
    at += 8 + size + (size % 2);
  }
  throw new Error('a WAV file without samples');
}

/** @param {string} path @param {number} rate @param {Float32Array} samples */
function writeWav(path, rate, samples) {
  const file = Buffer.alloc(44 + 2 * samples.length);
  file.write('RIFF', 0);
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(2 * rate, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(2 * samples.length, 40);
  samples.forEach((sample, at) =>
    file.writeInt16LE(Math.round(32767 * Math.max(-1, Math.min(1, sample))), 44 + 2 * at),
  );
  writeFileSync(path, file);
}

/**
 * Plays a sound faster or slower while it runs, cubic between samples.
 * @param {Float32Array} samples @param {number} rate @param {(seconds: number, share: number) => number} semitones
 */
function resampled(samples, rate, semitones) {
  const out = [];
  for (let position = 0; position < samples.length - 1; ) {
    const [at, part] = [Math.floor(position), position % 1];
    const [a, b, c, d] = [at - 1, at, at + 1, at + 2].map(
      index => samples[Math.max(0, Math.min(samples.length - 1, index))],
    );
    out.push(b + 0.5 * part * (c - a + part * (2 * a - 5 * b + 4 * c - d + part * (3 * (b - c) + d - a))));
    position += 2 ** (semitones(out.length / rate, position / samples.length) / 12);
  }
  return Float32Array.from(out);
}

/** @param {string} program @param {string[]} words */
const run = (program, words) =>
  execFileSync(program, words, { maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'ignore'] });

/** @returns {Generator<{ name: string, rate: number, samples: Float32Array }>} */
function* letters() {
  const curves = Object.entries(PITCH_CURVES);
  for (const [number, language] of LANGUAGES.entries()) {
    const folder = join(KLETTRES, language, 'alpha');
    const files = readdirSync(folder)
      .filter(name => name.endsWith('.ogg'))
      .sort()
      .filter((_, at) => at % 4 === 0);
    for (const [at, file] of files.slice(0, LETTERS).entries()) {
      const { rate, samples } = readWav(run('oggdec', ['-Q', '-o', '-', join(folder, file)]));
      // Each language begins with another melody, so that both halves have all.
      const [curve, semitones] = curves[(at + number) % curves.length];
      yield {
        name: `letter ${language} ${file.replace('.ogg', '')} ${curve}`,
        rate,
        samples: resampled(samples, rate, semitones),
      };
    }
  }
}

/** @returns {Generator<{ name: string, rate: number, samples: Float32Array }>} */
function* singing() {
  for (const [number, voice] of SINGERS.entries()) {
    for (const [at, syllable] of SYLLABLES.entries()) {
      const { rate, samples } = readWav(run('espeak-ng', ['-v', voice, '-s', '110', '--stdout', syllable]));
      const loud = samples.findLastIndex(sample => Math.abs(sample) > 0.01) + 1;
      const first = Math.max(
        0,
        samples.findIndex(sample => Math.abs(sample) > 0.01),
      );
      const melody = MELODIES[(at + number) % MELODIES.length];
      const pause = new Float32Array(Math.round(0.08 * rate));
      const notes = melody.flatMap(key => [...resampled(samples.subarray(first, loud), rate, () => key), ...pause]);
      yield { name: `singing ${voice} ${syllable}`, rate, samples: Float32Array.from(notes) };
    }
  }
}

/** @returns {Generator<{ name: string, rate: number, samples: Float32Array }>} */
function* recordings() {
  for (const name of ['voice', 'voice2']) {
    const { rate, samples } = readWav(run('cat', [`/usr/share/puredata/doc/sound/${name}.wav`]));
    yield { name: `puredata ${name}`, rate, samples };
    yield { name: `puredata ${name} lower`, rate, samples: resampled(samples, rate, () => -4) };
  }
}

const folder = process.argv[2];
if (!folder) throw new Error('usage: node build/voices.mjs FOLDER');
const halves = ['tuning', 'reported'].map(half => join(folder, half));
halves.forEach(half => mkdirSync(half, { recursive: true }));
let count = 0;
for (const { name, rate, samples } of [...letters(), ...singing(), ...recordings()])
  writeWav(join(halves[count++ % 2], `${name}.wav`), rate, samples);
console.log(`${count} voices`);
