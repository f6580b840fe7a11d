// Plays a live input through every second domain of recorded tones, then their feedback, ten minutes each in Chromium,
// with random points, axes, frequencies and Q. usage: node tones_soak.mjs [MINUTES] (after ./build.sh build), on an
// otherwise idle machine. Prints the greatest sample, the longest silence, and the gaps by Chromium's own count. Fails
// if a sample is not a number or above −1 dBFS, if feedback falls silent for a second, or if there is a gap while no
// other machine took the processors.
import { AXIS_PARAMS, COMMAND as SAY } from '../../target/site/protocol.js';
import { STOLEN, soak } from './soaking.mjs';

const MINUTES = Number(process.argv[2] ?? 10);
const DOMAINS = ['strings', 'winds'];
/** The kinds of live sound in the command: the node's input, and feedback. */
const KINDS = [
  ['live input', 1],
  ['feedback', 3],
];
/** −1 dBFS. */
const CEILING = 10 ** (-1 / 20);
/** Feedback may pause while its band moves away from a partial, but not as long as this. */
const SILENCE_LIMIT_S = 1;

/**
 * Reports the greatest sample, the samples that are not numbers, and the longest time below −60 dBFS, once a second.
 */
const METER = `
  registerProcessor('meter-of-the-soak', class extends AudioWorkletProcessor {
    greatest = 0; odd = 0; quiet = 0; quietest = 0; frames = 0;
    process([input]) {
      const [samples] = input;
      if (!samples) return true;
      for (const sample of samples) {
        if (!Number.isFinite(sample)) this.odd++;
        this.greatest = Math.max(this.greatest, Math.abs(sample));
        this.quiet = Math.abs(sample) > 1e-3 ? 0 : this.quiet + 1;
        this.quietest = Math.max(this.quietest, this.quiet);
      }
      this.frames += samples.length;
      if (this.frames >= sampleRate) {
        this.port.postMessage({ greatest: this.greatest, odd: this.odd, silence_s: this.quietest / sampleRate });
        this.frames = 0;
      }
      return true;
    }
  });`;

/**
 * Runs in the page: the real worklet with tones, whose point, axes and band-pass jump four times a second.
 * @param {{ domain: string, kind: number, seconds: number, meter: string, SAY: typeof SAY, axes: string[] }} task
 */
async function play({ domain, kind, seconds, meter, SAY: say, axes }) {
  const context = new AudioContext({ latencyHint: 'interactive' });
  const [module, network, tones, decoder, model] = await Promise.all([
    WebAssembly.compileStreaming(fetch('worklet.wasm')),
    WebAssembly.compileStreaming(fetch('decoder.wasm')),
    WebAssembly.compileStreaming(fetch('tone-source.wasm')),
    fetch('decoder.onnx').then(answer => answer.arrayBuffer()),
    fetch(`timbre/${domain}.frames`).then(answer => answer.arrayBuffer()),
    context.audioWorklet.addModule('worklet.js'),
    context.audioWorklet.addModule(meter),
  ]);
  const node = new AudioWorkletNode(context, 'latent-pad', {
    outputChannelCount: [2],
    processorOptions: { module, network, decoder, tones },
  });
  const measured = new AudioWorkletNode(context, 'meter-of-the-soak', {
    numberOfOutputs: 0,
    channelCount: 1,
    channelCountMode: 'explicit',
  });
  node.connect(measured);
  node.connect(context.destination);
  let heard = { greatest: 0, odd: 0, silence_s: 0 };
  measured.port.onmessage = ({ data }) => {
    heard = data;
  };
  /** @type {string[]} */
  const errors = [];
  const source = new Promise(resolve => {
    node.port.onmessage = ({ data }) => {
      if (['error', 'decoderRefused', 'sourceRefused', 'stopped'].includes(data.type)) errors.push(data.message);
      if (data.type === 'source' || data.type === 'sourceRefused') resolve(data);
    };
  });
  // A voice that glides, with harmonics.
  const voice = new OscillatorNode(context, { type: 'sawtooth', frequency: 220 });
  const level = new GainNode(context, { gain: 0.3 });
  voice.connect(level).connect(node);
  voice.start();
  await context.resume();
  node.port.postMessage([say.SOUND_SOURCE, new Uint8Array(model), null, 1]);
  await source;
  node.port.postMessage([say.LIVE_TONES, kind]);
  const wait = (/** @type {number} */ milliseconds) => new Promise(resolve => setTimeout(resolve, milliseconds));
  await wait(1000);
  const stats = () => /** @type {any} */ (context).playbackStats?.underrunEvents ?? null;
  let known = stats();
  /** @type {number[]} when each second with a gap began */
  const gaps = [];
  const random = (/** @type {number} */ low, /** @type {number} */ high) => low + (high - low) * Math.random();
  for (let second = 0; second < seconds; second++) {
    const began_ms = Date.now();
    for (let quarter = 0; quarter < 4; quarter++) {
      const soon = context.currentTime + 0.2;
      const move = (/** @type {string} */ name, /** @type {number} */ value) =>
        node.parameters.get(name)?.linearRampToValueAtTime(value, soon);
      for (const name of ['latentX', 'latentY']) move(name, random(-4, 4));
      for (const name of axes) move(name, random(-1, 1));
      voice.frequency.linearRampToValueAtTime(110 * 2 ** random(0, 3), soon);
      level.gain.linearRampToValueAtTime(random(0.02, 0.9), soon);
      node.port.postMessage([say.TONE_FEEDBACK, 40 * 125 ** Math.random(), 0.3 * 300 ** Math.random()]);
      await wait(250);
    }
    const counted = stats();
    if (counted > known) gaps.push(began_ms);
    known = counted;
  }
  node.port.postMessage([say.ALL_SOUND_OFF]);
  await context.close();
  return { ...heard, gaps, underruns: known, errors };
}

await soak(async (page, processors) => {
  const meter = `data:text/javascript,${encodeURIComponent(METER)}`;
  for (const [name, kind] of KINDS) {
    for (const domain of DOMAINS) {
      const seconds = Math.round((60 * MINUTES) / DOMAINS.length);
      const heard = await page.evaluate(play, {
        domain,
        kind: Number(kind),
        seconds,
        meter,
        SAY,
        axes: [...AXIS_PARAMS],
      });
      const ours = heard.gaps.filter(at_ms => processors.stolen(at_ms) < STOLEN);
      console.log(
        `${name}, ${domain}, ${seconds} s: greatest sample ${(20 * Math.log10(heard.greatest)).toFixed(2)} dBFS, ${heard.odd} samples that are no numbers, `
          + `longest silence ${heard.silence_s.toFixed(2)} s, ${heard.underruns ?? 'unknown'} underruns in ${heard.gaps.length} seconds (${ours.length} without stolen time)`,
      );
      for (const error of heard.errors) console.log(`  ${error}`);
      const isSilent = heard.greatest === 0 || (kind === 3 && heard.silence_s > SILENCE_LIMIT_S);
      if (heard.odd > 0 || heard.greatest > CEILING || isSilent || ours.length > 0 || heard.errors.length > 0)
        process.exitCode = 1;
    }
  }
  console.log(`  ${processors.whole()}`);
});
