// Ten minutes of five moving fingers with four voices each in a real Chromium, with what was lost of the sound; then
// more and more voices, until it is too much. usage: node soak.mjs [MINUTES] (after ./build.sh build), on a machine
// that does nothing else. Fails if the ten minutes lost anything.
import { launchBrowser, newPage, serveSite } from './site.mjs';

const MINUTES = Number(process.argv[2] ?? 10);
const PARTS = 5, KEYS_A_PART = 4;
/** Voices that are tried after that, and for how long each, s. */
const MORE_KEYS_A_PART = [8, 12, 16, 24, 32, 48, 64, 96], TRY_S = 10;

/**
 * Runs in the page: the real worklet, keys held on all parts, every point on a circle. Answers what happened in so many
 * seconds, in seconds of sound.
 * @param {{ parts: number, keys: number, seconds: number }} task
 */
async function play({ parts, keys, seconds }) {
  /** @type {{ context: AudioContext, node: AudioWorkletNode }} */
  const { context, node } = /** @type {any} */ (globalThis).soaking ??= await (async () => {
    const context = new AudioContext({ latencyHint: 'interactive' });
    const [module, decoder] = await Promise.all([
      WebAssembly.compileStreaming(fetch('worklet.wasm')),
      fetch('decoder.onnx').then(answer => answer.arrayBuffer()),
      context.audioWorklet.addModule('worklet.js'),
    ]);
    const node = new AudioWorkletNode(context, 'latent-pad', {
      outputChannelCount: [2], processorOptions: { module, decoder },
    });
    node.connect(context.destination);
    await new Promise(resolve => { node.port.onmessage = ({ data }) => data.type === 'ready' && resolve(data); });
    await context.resume();
    return { context, node };
  })();
  let voices = 0;
  node.port.onmessage = ({ data }) => { if (data.type === 'voices') voices = data.count; };
  // Poly, whatever the patches say: amSynth's parameter 32 is the keyboard mode (crate/patch/src/table.rs).
  node.port.postMessage([8, 32, 0]);
  for (let part = 0; part < parts; part++) {
    for (let key = 0; key < keys; key++) node.port.postMessage([1, 30 + key, 100, part]);
  }
  const settle = (/** @type {number} */ milliseconds) => new Promise(resolve => setTimeout(resolve, milliseconds));
  await settle(1000);
  // The clocks as crate/play/src/overload.rs compares them: the best reading of a second.
  const behind_s = () => performance.now() / 1000 - context.currentTime;
  let usual_s = Infinity, lost_s = 0, most = 0;
  for (let second = 0; second < seconds; second++) {
    let least_s = Infinity;
    for (let look = 0; look < 4; look++) {
      await settle(250);
      least_s = Math.min(least_s, behind_s());
      for (let part = 0; part < parts; part++) {
        const angle = context.currentTime / 3 + part, suffix = part || '';
        node.parameters.get(`latentX${suffix}`)?.linearRampToValueAtTime(3 * Math.cos(angle), context.currentTime + 0.25);
        node.parameters.get(`latentY${suffix}`)?.linearRampToValueAtTime(3 * Math.sin(angle), context.currentTime + 0.25);
      }
      most = Math.max(most, voices);
    }
    if (least_s - usual_s > 0.03) lost_s += least_s - usual_s;
    if (least_s - usual_s > 0.03 || least_s < usual_s) usual_s = least_s;
  }
  const { playbackStats } = /** @type {any} */ (context);
  for (let part = 0; part < parts; part++) {
    for (let key = 0; key < keys; key++) node.port.postMessage([2, 30 + key, 0, part]);
  }
  node.port.postMessage([5]);
  return { lost_s, voices: most, underruns: playbackStats?.underrunEvents ?? null };
}

/** @param {Awaited<ReturnType<typeof play>>} heard */
const told = ({ lost_s, voices, underruns }) =>
  `${voices} voices: ${lost_s.toFixed(2)} s lost${underruns === null ? '' : `, ${underruns} underruns so far by Chromium's own count`}`;

const site = await serveSite();
const browser = await launchBrowser();
try {
  const { page } = await newPage(browser);
  await page.goto(`${site.address}embed.css`);
  await page.mouse.click(5, 5);
  const heard = await page.evaluate(play, { parts: PARTS, keys: KEYS_A_PART, seconds: 60 * MINUTES });
  console.log(`${MINUTES} min, ${told(heard)}`);
  if (heard.lost_s > 0) process.exitCode = 1;
  for (const keys of MORE_KEYS_A_PART) {
    const more = await page.evaluate(play, { parts: PARTS, keys, seconds: TRY_S });
    console.log(`${TRY_S} s, ${told(more)}`);
    if (more.lost_s > 0) break;
  }
} finally {
  await browser.close();
  site.close();
}
