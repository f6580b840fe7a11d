// Runs in any browser: renders jobs with the real worklet.js, worklet.wasm and decoder.wasm in an OfflineAudioContext,
// compares the samples with the expected ones, and sends the results back to its server.
// Must never open the site's own page.

/**
 * A message to the worklet, delivered at the first quantum from a frame on.
 * @typedef {{ frame: number, message: unknown[] }} Event
 */

/**
 * @typedef {object} Job
 * @property {string} name
 * @property {number} rate_hz
 * @property {number} frames
 * @property {Event[]} [score]
 * @property {[number, number][]} [points] the points of the fingers, part 0 first
 * @property {boolean} [moving] the fingers circle around these points, so that every block decodes
 * @property {boolean} [decoder] the model is loaded
 * @property {number} [timedDecodes]
 * @property {string} [expected] URL of a WAV file, 32-bit float, with the expected samples
 */

/**
 * @typedef {object} Result
 * @property {string} name
 * @property {string} [error]
 * @property {number} timesRealTime
 * @property {boolean} finite
 * @property {number} level root mean square of the left channel
 * @property {number} sounding most voices
 * @property {string[]} leftOver globals that the scope should not have
 * @property {number} [decode_us]
 * @property {string} [digest] of all samples: the same bytes have the same
 * @property {number} [different] samples that differ from the expected ones
 * @property {number} [firstFrame] of them
 * @property {number} [residual_db]
 */

/** The worklet's two modules. @type {Promise<[WebAssembly.Module, WebAssembly.Module]> | undefined} */
let modules;

/** @param {Job} job @returns {Promise<Result>} */
async function run(job) {
  const { name, rate_hz, frames, score = [], points = [], moving, decoder, timedDecodes, expected } = job;
  const context = new OfflineAudioContext(2, frames, rate_hz);
  await context.audioWorklet.addModule('stage.js');
  await context.audioWorklet.addModule('worklet.js');
  modules ??= Promise.all([
    WebAssembly.compileStreaming(fetch('worklet.wasm')),
    WebAssembly.compileStreaming(fetch('decoder.wasm')),
  ]);
  const [module, network] = await modules;
  const node = new AudioWorkletNode(context, 'latent-pad', {
    outputChannelCount: [2],
    processorOptions: {
      module,
      network,
      decoder: decoder ? await (await fetch('decoder.onnx')).arrayBuffer() : undefined,
      timedDecodes,
      frames,
      score: score.map(({ frame, message }) => ({ frame, message: message.map(asSent) })),
    },
  });
  node.connect(context.destination);
  const result = {
    name,
    timesRealTime: 0,
    finite: true,
    level: 0,
    sounding: 0,
    leftOver: /** @type {string[]} */ ([]),
  };
  const { answered, rendered } = listen(node, result, Boolean(decoder));
  points.forEach((point, part) => place(node, part, point, moving ? frames / rate_hz : 0));
  await answered;
  const start_ms = performance.now();
  const buffer = await context.startRendering();
  result.timesRealTime = frames / rate_hz / ((performance.now() - start_ms) / 1000);
  await rendered;
  const [left, right] = [buffer.getChannelData(0), buffer.getChannelData(1)];
  result.finite = left.every(Number.isFinite) && right.every(Number.isFinite);
  result.level = Math.sqrt(left.reduce((sum, sample) => sum + sample * sample, 0) / left.length);
  return expected
    ? { ...result, digest: digest([left, right]), ...compare([left, right], await samplesOf(expected)) }
    : result;
}

/** FNV-1a over the samples' bits. @param {Float32Array[]} channels */
function digest(channels) {
  let hash = 0x811c9dc5;
  for (const samples of channels) {
    for (const bits of new Uint32Array(samples.buffer, samples.byteOffset, samples.length))
      hash = Math.imul(hash ^ bits, 0x01000193);
  }
  return (hash >>> 0).toString(16);
}

/**
 * Restores a typed array, which JSON lacks: the values of a patch are the only list, the words of a path are named.
 * @param {any} value
 */
const asSent = value =>
  Array.isArray(value) && value.length > 2
    ? Float32Array.from(value)
    : value?.words
      ? Uint32Array.from(value.words)
      : value;

/**
 * `answered` resolves when the scope is ready and the model, if any, has loaded; `rendered` when every message about
 * the render has arrived.
 * @param {AudioWorkletNode} node
 * @param {Result} result
 * @param {boolean} decoder
 */
function listen(node, result, decoder) {
  /** @type {() => void} */
  let isOver = () => {};
  /** @type {Promise<void>} */
  const rendered = new Promise(resolve => {
    isOver = resolve;
  });
  /** @type {Promise<void>} */
  const answered = new Promise((resolve, reject) => {
    let waiting = decoder ? 2 : 1;
    node.port.onmessage = ({ data }) => {
      if (data.type === 'error' || data.type === 'decoderRefused') reject(new Error(data.message));
      if (data.type === 'voices') result.sounding = Math.max(result.sounding, data.count);
      if (data.type === 'stage') result.leftOver = data.leftOver;
      if (data.type === 'ready') result.decode_us = data.decodeMicroseconds;
      if (['stage', 'ready'].includes(data.type) && --waiting === 0) resolve();
      if (data.type === 'over') isOver();
    };
  });
  return { answered, rendered };
}

/**
 * @param {AudioWorkletNode} node
 * @param {number} part
 * @param {[number, number]} point
 * @param {number} circling_s
 */
function place(node, part, point, circling_s) {
  for (const [axis, wave] of [Math.cos, Math.sin].entries()) {
    const parameter = node.parameters.get(`latent${'XY'[axis]}${part || ''}`);
    if (!parameter) throw new Error(`the worklet has no point of part ${part}`);
    parameter.setValueAtTime(point[axis], 0);
    if (circling_s > 0) {
      const circle = Float32Array.from({ length: 200 * circling_s }, (_, step) => point[axis] + wave(step / 50 + part));
      parameter.setValueCurveAtTime(circle, 0.001, circling_s - 0.002);
    }
  }
}

/** Left and right of a WAV file of 32-bit floats. @param {string} url */
async function samplesOf(url) {
  const file = await (await fetch(url)).arrayBuffer();
  const view = new DataView(file);
  for (let offset = 12; offset + 8 <= file.byteLength; offset += 8 + view.getUint32(offset + 4, true)) {
    if (view.getUint32(offset) !== 0x64617461) continue; // "data"
    const both = new Float32Array(file.slice(offset + 8, offset + 8 + view.getUint32(offset + 4, true)));
    return [0, 1].map(channel => both.filter((_, index) => index % 2 === channel));
  }
  throw new Error(`${url} has no samples`);
}

/**
 * @param {Float32Array[]} heard
 * @param {Float32Array[]} expected
 */
function compare(heard, expected) {
  let different = 0;
  let firstFrame = Infinity;
  let error = 0;
  let energy = Number.MIN_VALUE;
  heard.forEach((samples, channel) => {
    const bits = new Uint32Array(samples.buffer, samples.byteOffset, samples.length);
    const expectedBits = new Uint32Array(expected[channel].buffer);
    // A longer render is compared up to the job's length; a shorter one differs.
    different += Math.max(0, samples.length - expectedBits.length);
    expected[channel].subarray(0, samples.length).forEach((sample, frame) => {
      energy += sample * sample;
      if (bits[frame] === expectedBits[frame]) return;
      different++;
      firstFrame = Math.min(firstFrame, frame);
      error += (sample - samples[frame]) ** 2;
    });
  });
  return different ? { different, firstFrame, residual_db: 10 * Math.log10(error / energy) } : { different };
}

const jobs = await (await fetch('jobs')).json();
const results = [];
for (const job of jobs) {
  results.push(await run(job).catch(error => ({ name: job.name, error: String(error) })));
}
await fetch('results', { method: 'POST', body: JSON.stringify(results) });
