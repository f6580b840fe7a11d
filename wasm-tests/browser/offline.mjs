// The real worklet.js and worklet.wasm in an OfflineAudioContext: as fast as the machine can, judged by samples.
// Never opens the page's own program: what is measured here is the audio thread's part alone.

// What some browsers lack in the scope of a worklet. Chromium lacks most of it anyway.
const LACKING = ['TextDecoder', 'TextEncoder', 'performance', 'crypto', 'fetch', 'atob', 'btoa'];

const POVERTY = `
  for (const name of ${JSON.stringify(LACKING)}) Reflect.deleteProperty(globalThis, name);
  registerProcessor('poverty-of-the-tests', class extends AudioWorkletProcessor {
    constructor() { super(); this.port.postMessage(${JSON.stringify(LACKING)}.filter(name => name in globalThis)); }
    process() { return false; }
  });`;

/**
 * @typedef {object} Job
 * @property {number} voices keys held from the start, at most 128
 * @property {number} duration_s
 * @property {number} rate_hz
 * @property {[number, number]} latent where the finger lies
 * @property {boolean} [moving] the finger circles around that point, so that every block decodes anew
 * @property {number} [timedDecodes]
 */

/** Runs in the page. @param {Job & { poverty: string }} job */
async function render({ voices, duration_s, rate_hz, latent, moving, timedDecodes, poverty }) {
  const context = new OfflineAudioContext(2, duration_s * rate_hz, rate_hz);
  await context.audioWorklet.addModule(poverty);
  const [left_over] = await new Promise(resolve => {
    new AudioWorkletNode(context, 'poverty-of-the-tests').port.onmessage = ({ data }) => resolve([data]);
  });
  await context.audioWorklet.addModule('worklet.js');
  const module = await WebAssembly.compileStreaming(fetch('worklet.wasm'));
  const decoder = await (await fetch('decoder.onnx')).arrayBuffer();
  const node = new AudioWorkletNode(context, 'latent-pad', {
    numberOfInputs: 0, outputChannelCount: [2], processorOptions: { module, decoder, timedDecodes },
  });
  node.connect(context.destination);
  let sounding = 0;
  const decode_us = await new Promise((resolve, reject) => {
    node.port.onmessage = ({ data }) => {
      if (data.type === 'ready') resolve(data.decodeMicroseconds);
      if (data.type === 'error') reject(new Error(data.message));
      if (data.type === 'voices') sounding = Math.max(sounding, data.count);
    };
  });
  for (const [name, centre, wave] of /** @type {const} */ ([['latentX', latent[0], Math.cos], ['latentY', latent[1], Math.sin]])) {
    const parameter = node.parameters.get(name);
    if (!parameter) throw new Error(`the worklet has no ${name}`);
    parameter.setValueAtTime(centre, 0);
    if (moving) {
      const circle = Float32Array.from({ length: 200 * duration_s }, (_, step) => centre + wave(step / 50));
      parameter.setValueCurveAtTime(circle, 0.001, duration_s - 0.002);
    }
  }
  for (let voice = 0; voice < voices; voice++) node.port.postMessage([1, (36 + voice) % 128, 100]);
  await new Promise(resolve => setTimeout(resolve, 100));
  const start_ms = performance.now();
  const buffer = await context.startRendering();
  const elapsed_s = (performance.now() - start_ms) / 1000;
  // The last word on the voices is still on its way.
  await new Promise(resolve => setTimeout(resolve, 50));
  const samples = buffer.getChannelData(0);
  return {
    left_over,
    decode_us,
    sounding,
    timesRealTime: duration_s / elapsed_s,
    finite: samples.every(Number.isFinite),
    level: Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length),
  };
}

/**
 * A page at the site's address with nothing on it.
 * @param {import('playwright-core').Page} page @param {string} address
 */
export async function openBlank(page, address) {
  await page.route('**/blank.html', route => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
  await page.goto(`${address}blank.html`);
}

/** @param {import('playwright-core').Page} page @param {Job} job */
export const renderOffline = (page, job) =>
  page.evaluate(render, { ...job, poverty: `data:text/javascript,${encodeURIComponent(POVERTY)}` });
