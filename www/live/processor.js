// The AudioWorkletProcessor of live input: passes the microphone to the wasm module and reports what it hears to the
// page. Makes no sound. build/on-demand.mjs bundles this file into one script.
import { EVENT_NUMBERS, LIVE_PROCESSOR, NOTE_OFF, NOTE_ON } from './names.js';

/** The least time between two reports without a note: bends and loudness need no more. */
const INTERVAL_S = 0.01;
/** The most events that wait for a report. */
const WAITING = 64;

/**
 * The exports of the wasm module.
 * @typedef {object} LiveExports
 * @property {WebAssembly.Memory} memory
 * @property {(rate: number) => number} create
 * @property {() => number} samples
 * @property {(frames: number) => number} listen
 * @property {() => number} events
 * @property {() => number} latency_s
 * @property {() => number} level_db
 * @property {() => number} pitch
 */

class LiveInput extends AudioWorkletProcessor {
  /** @param {{ processorOptions: { module: WebAssembly.Module } }} options */
  constructor({ processorOptions: { module } }) {
    super();
    const wasm = /** @type {LiveExports} */ (/** @type {unknown} */ (new WebAssembly.Instance(module).exports));
    const failed = wasm.create(sampleRate) !== 0;
    this.wasm = failed ? undefined : wasm;
    /** The module's memory. */
    this.memory = new Float32Array(0);
    this.waiting = new Float32Array(WAITING * EVENT_NUMBERS);
    this.count = 0;
    this.sent_s = 0;
    // Any message ends it.
    this.port.onmessage = () => {
      this.wasm = undefined;
    };
    this.report(failed ? { failed } : { latency_s: wasm.latency_s() });
  }

  /** @param {import('./names.js').LiveReport} report */
  report(report) {
    this.port.postMessage(report);
  }

  /** Views the module's memory, again once it has grown: that detaches the view. @param {LiveExports} wasm */
  view({ memory: { buffer } }) {
    if (this.memory.buffer !== buffer) this.memory = new Float32Array(buffer);
    return this.memory;
  }

  /** @param {Float32Array[][]} inputs */
  process([input]) {
    const { wasm } = this;
    if (!wasm) return false;
    const samples = input?.[0];
    // Before the microphone is connected.
    if (!samples) return true;
    this.view(wasm).set(samples, wasm.samples() / Float32Array.BYTES_PER_ELEMENT);
    const heard = wasm.listen(samples.length);
    const found = this.view(wasm);
    const from = wasm.events() / Float32Array.BYTES_PER_ELEMENT;
    let isUrgent = this.count >= WAITING / 2;
    for (let event = 0; event < heard && this.count < WAITING; event++, this.count++) {
      const at = from + event * EVENT_NUMBERS;
      for (let place = 0; place < EVENT_NUMBERS; place++) {
        this.waiting[this.count * EVENT_NUMBERS + place] = found[at + place];
      }
      isUrgent ||= found[at] === NOTE_ON || found[at] === NOTE_OFF;
    }
    const at_s = currentTime + samples.length / sampleRate;
    if (isUrgent || at_s - this.sent_s >= INTERVAL_S) {
      this.sent_s = at_s;
      const events = this.waiting.slice(0, this.count * EVENT_NUMBERS);
      this.report({ events, level_db: wasm.level_db(), pitch: wasm.pitch(), at_s });
      this.count = 0;
    }
    return true;
  }
}

registerProcessor(LIVE_PROCESSOR, LiveInput);
