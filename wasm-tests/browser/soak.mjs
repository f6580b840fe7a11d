// Plays five moving fingers with four voices each for ten minutes in Chromium and counts gaps in the sound; then adds
// voices until there are gaps. usage: node soak.mjs [MINUTES] (after ./build.sh build), on an otherwise idle machine.
// Prints the processors' load for each second with a gap. Fails if the ten minutes have a gap while no other machine
// took the processors. (The host of a virtual machine may suspend it, which Linux counts as stolen time.)
import { COMMAND as SAY } from '../../target/site/protocol.js';
import { indexOf } from '../parameters.mjs';
import { STOLEN, soak } from './soaking.mjs';

const MINUTES = Number(process.argv[2] ?? 10);
const PARTS = 5;
const KEYS_A_PART = 4;
/** The numbers of voices tried after that, and the seconds for each. */
const MORE_KEYS_A_PART = [8, 12, 16, 24, 32, 48, 64, 96, 128];
const TRY_S = 10;

/** Constants for a function that runs in the page and cannot import. */
const NAMES = { SAY, keyboardMode: indexOf('keyboard_mode') };

/**
 * Runs in the page: the real worklet with keys held on all parts and every point moving on a circle. Returns the gaps
 * within a time, in seconds of sound.
 * @param {{ parts: number, keys: number, seconds: number, SAY: typeof NAMES.SAY, keyboardMode: number }} task
 */
async function play({ parts, keys, seconds, SAY: say, keyboardMode }) {
  const scope = /** @type {any} */ (globalThis);
  /** @type {{ context: AudioContext, node: AudioWorkletNode }} */
  const { context, node } = (scope.soaking ??= await (async () => {
    const context = new AudioContext({ latencyHint: 'interactive' });
    const [module, network, decoder] = await Promise.all([
      WebAssembly.compileStreaming(fetch('worklet.wasm')),
      WebAssembly.compileStreaming(fetch('decoder.wasm')),
      fetch('decoder.onnx').then(answer => answer.arrayBuffer()),
      context.audioWorklet.addModule('worklet.js'),
    ]);
    const node = new AudioWorkletNode(context, 'latent-pad', {
      outputChannelCount: [2],
      processorOptions: { module, network, decoder },
    });
    node.connect(context.destination);
    await new Promise(resolve => {
      node.port.onmessage = ({ data }) => data.type === 'ready' && resolve(data);
    });
    await context.resume();
    return { context, node };
  })());
  let voices = 0;
  node.port.onmessage = ({ data }) => {
    if (data.type === 'voices') voices = data.count;
  };
  // Polyphonic, in place of the patches' keyboard modes.
  node.port.postMessage([say.HOLD_PARAMETER, keyboardMode, 0]);
  const lowest = Math.min(30, 128 - keys);
  for (let part = 0; part < parts; part++) {
    for (let key = 0; key < keys; key++) node.port.postMessage([say.NOTE_ON, lowest + key, 100, part]);
  }
  const wait = (/** @type {number} */ milliseconds) => new Promise(resolve => setTimeout(resolve, milliseconds));
  await wait(1000);
  // Compares the clocks like crate/page/play/src/overload.rs: the best reading of a second.
  const behind_s = () => performance.now() / 1000 - context.currentTime;
  let usual_s = Infinity;
  let lost_s = 0;
  let most = 0;
  /** @type {{ at_ms: number, lost_s: number, underruns: number }[]} */
  const losses = [];
  const underruns = () => /** @type {any} */ (context).playbackStats?.underrunEvents ?? null;
  let known = underruns();
  for (let second = 0; second < seconds; second++) {
    let least_s = Infinity;
    for (let look = 0; look < 4; look++) {
      await wait(250);
      least_s = Math.min(least_s, behind_s());
      for (let part = 0; part < parts; part++) {
        const angle = context.currentTime / 3 + part;
        const suffix = part || '';
        node.parameters
          .get(`latentX${suffix}`)
          ?.linearRampToValueAtTime(3 * Math.cos(angle), context.currentTime + 0.25);
        node.parameters
          .get(`latentY${suffix}`)
          ?.linearRampToValueAtTime(3 * Math.sin(angle), context.currentTime + 0.25);
      }
      most = Math.max(most, voices);
    }
    const loss_s = least_s - usual_s > 0.03 ? least_s - usual_s : 0;
    if (loss_s > 0 || least_s < usual_s) usual_s = least_s;
    lost_s += loss_s;
    const counted = underruns();
    if (loss_s > 0 || counted > known) losses.push({ at_ms: Date.now(), lost_s: loss_s, underruns: counted - known });
    known = counted;
  }
  for (let part = 0; part < parts; part++) {
    for (let key = 0; key < keys; key++) node.port.postMessage([say.NOTE_OFF, lowest + key, 0, part]);
  }
  node.port.postMessage([say.ALL_SOUND_OFF]);
  return { lost_s, voices: most, underruns: known, losses };
}

/** @param {Awaited<ReturnType<typeof play>>} heard */
const summary = ({ lost_s, voices, underruns }) =>
  `${voices} voices: ${lost_s.toFixed(2)} s lost${underruns === null ? '' : `, ${underruns} underruns so far by Chromium's own count`}`;

/**
 * The losses that are gaps. The clocks may differ slightly more than the tolerance without a gap, so the browser's own
 * count decides where there is one.
 * @param {Awaited<ReturnType<typeof play>>} heard
 */
const gapsOf = heard => heard.losses.filter(({ underruns }) => heard.underruns === null || underruns > 0);

await soak(async (page, processors) => {
  const start_ms = Date.now();
  const heard = await page.evaluate(play, { parts: PARTS, keys: KEYS_A_PART, seconds: 60 * MINUTES, ...NAMES });
  console.log(`${MINUTES} min, ${summary(heard)}`);
  console.log(`  ${processors.whole()}`);
  for (const { at_ms, lost_s, underruns } of heard.losses) {
    console.log(
      `  after ${((at_ms - start_ms) / 1000).toFixed(0)} s: ${lost_s.toFixed(3)} s lost, ${underruns} underruns; `
        + processors.during(at_ms),
    );
  }
  const gaps = gapsOf(heard);
  const ours = gaps.filter(({ at_ms }) => processors.stolen(at_ms) < STOLEN);
  const seconds = Array.from({ length: 60 * MINUTES }, (_, second) => start_ms + 1000 * second);
  const stolen = seconds.filter(at_ms => processors.stolen(at_ms) >= STOLEN).length;
  console.log(
    `  other machines had taken more than ${100 * STOLEN} % of a processor in ${stolen} of ${seconds.length} seconds: `
      + `${gaps.length - ours.length} seconds with gaps there, ${ours.length} in the others`,
  );
  if (ours.length > 0) process.exitCode = 1;
  for (const keys of MORE_KEYS_A_PART) {
    const more = await page.evaluate(play, { parts: PARTS, keys, seconds: TRY_S, ...NAMES });
    console.log(`${TRY_S} s, ${summary(more)}`);
    if (gapsOf(more).length > 0) break;
  }
});
