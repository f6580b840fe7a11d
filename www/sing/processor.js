// The AudioWorkletProcessor of “Sing a loop”: passes the samples of the microphone to the page with the time of their
// first one. Makes no sound. build/on-demand.mjs bundles this file into one script.
import { SING_PROCESSOR } from './names.js';

/** Samples of a message: 43 ms at 48 kHz. */
const CHUNK = 2048;

class VoiceRecorder extends AudioWorkletProcessor {
  constructor() {
    super();
    this.chunk = new Float32Array(CHUNK);
    this.filled = 0;
    this.from_s = 0;
    this.isOver = false;
    // Any message ends it.
    this.port.onmessage = () => {
      this.isOver = true;
    };
  }

  /** @param {Float32Array[][]} inputs */
  process([input]) {
    const samples = input?.[0];
    // Before the microphone is connected.
    if (!samples) return !this.isOver;
    if (this.filled === 0) this.from_s = currentTime;
    this.chunk.set(samples, this.filled);
    this.filled += samples.length;
    if (this.filled >= CHUNK) {
      this.port.postMessage({ from_s: this.from_s, samples: this.chunk });
      this.filled = 0;
    }
    return !this.isOver;
  }
}

registerProcessor(SING_PROCESSOR, VoiceRecorder);
