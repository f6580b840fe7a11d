// Sounds to give to the page, as files.

const RATE_HZ = 44_100;

/**
 * A WAV file of one channel.
 * @param {number} seconds @param {(time_s: number) => number} sound @param {number} [rate_hz]
 */
export function wav(seconds, sound, rate_hz = RATE_HZ) {
  const frames = Math.round(seconds * rate_hz);
  const file = Buffer.alloc(44 + 2 * frames);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + 2 * frames, 4);
  file.write('WAVEfmt ', 8);
  [16, 0x10001, rate_hz, 2 * rate_hz, 0x100002].forEach((number, place) => file.writeUInt32LE(number, 16 + 4 * place));
  file.write('data', 36);
  file.writeUInt32LE(2 * frames, 40);
  for (let frame = 0; frame < frames; frame++)
    file.writeInt16LE(Math.round(32_000 * sound(frame / rate_hz)), 44 + 2 * frame);
  return file;
}

/** Such a file after a silence. @param {Buffer} file @param {number} silent_s */
export function later(file, silent_s) {
  const all = Buffer.concat([
    file.subarray(0, 44),
    Buffer.alloc(2 * Math.round(silent_s * RATE_HZ)),
    file.subarray(44),
  ]);
  all.writeUInt32LE(all.length - 8, 4);
  all.writeUInt32LE(all.length - 44, 40);
  return all;
}

/** A WAV file of 32-bit floats, one channel, which a browser reads exactly. @param {Float32Array} samples */
export function floatWav(samples) {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.byteLength, 4);
  head.write('WAVEfmt ', 8);
  [16, 0x10003, RATE_HZ, 4 * RATE_HZ, 0x200004].forEach((number, place) => head.writeUInt32LE(number, 16 + 4 * place));
  head.write('data', 36);
  head.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([head, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)]);
}

/** A tone with five harmonics. @param {number} frequency_hz @returns {(time_s: number) => number} */
export const tone = frequency_hz => time_s =>
  0.3
  * [1, 2, 3, 4, 5].reduce((sum, number) => sum + Math.sin(2 * Math.PI * frequency_hz * number * time_s) / number, 0);

const plucked = tone(220);

/** A plucked sound, A3. */
export const PLUCK = {
  name: 'pluck.wav',
  bytes: wav(1, time_s => plucked(time_s) * Math.exp(-4 * time_s) * Math.min(1, 100 * time_s)),
};

/** White noise of −0.5…0.5, the same for every caller. */
function noise() {
  let random = 1;
  return () => {
    random = (random * 16_807) % 2_147_483_647;
    return random / 2_147_483_647 - 0.5;
  };
}

/**
 * A beatboxed rhythm of two seconds: a low thud and a bright hiss by turns, a quarter of a second apart,
 * after a silence.
 * @param {number} silent_s
 */
export const beats = silent_s => {
  const random = noise();
  let before = 0;
  return wav(2, time_s => {
    const [now, since_s] = [random(), (time_s + (0.25 - silent_s)) % 0.25];
    const hiss = now - before;
    before = now;
    if (time_s < silent_s) return 0;
    const isThud = Math.floor((time_s - silent_s) / 0.25) % 2 === 0;
    return Math.exp(-22 * since_s) * (isThud ? 0.4 * Math.sin(530 * since_s) : 0.6 * hiss);
  });
};

/** Such a rhythm after 45 ms. */
export const BEATS = beats(0.045);

/**
 * A hummed melody with a glide of a fifth and a vibrato, A3 to E4.
 * @param {number} [seconds]
 * @param {(time_s: number) => number} [darkness] the exponent by which higher harmonics are weaker
 */
export function hum(seconds = 1.4, darkness = () => 1.2) {
  let periods = 0;
  return wav(seconds, time_s => {
    const key = 57 + 7 * Math.min(Math.max((time_s - 0.35) / 0.25, 0), 1) + 0.35 * Math.sin(2 * Math.PI * 5.5 * time_s);
    periods += (440 * 2 ** ((key - 69) / 12)) / RATE_HZ;
    const tone = [1, 2, 3, 4, 5, 6, 7, 8].reduce(
      (sum, number) => sum + Math.sin(2 * Math.PI * number * periods) / number ** darkness(time_s),
      0,
    );
    return 0.25 * tone * Math.min(1, time_s / 0.05, (seconds - time_s) / 0.1);
  });
}
