#!/usr/bin/env node
// Renders a job with the browser's module, for `latent-pad null --voice wasm-tests/render.mjs`. Reads the job from
// standard input in the format of crate/lab/reference/src/job.rs; writes the left and then the right samples to
// standard output as little-endian f32. WORKLET_WASM names the module; default: that of dist/.
import { readFileSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PARAMETER_COUNT } from './parameters.mjs';

process.env.WORKLET_WASM ??= fileURLToPath(new URL('../dist/worklet.wasm', import.meta.url));
const { BLOCK_FRAMES, instrument, render, setPatch } = await import('./instrument.mjs');

/** Lines before the stored values: numbers, scale, keyboard map. */
const HEAD = 3;

const lines = readFileSync(0, 'utf8').trimEnd().split('\n');
const [rate_hz, hostBlock, frames] = lines[0].split(' ').map(Number);
const bits = Uint32Array.from(lines.slice(HEAD, HEAD + PARAMETER_COUNT), Number);
const events = lines.slice(HEAD + PARAMETER_COUNT).map(line => {
  const [word, frame, first, second] = line.split(' ');
  return { word, frame: Number(frame), first: Number(first), second: Number(second) };
});

const wasm = instrument(rate_hz);
setPatch(wasm, 0, new Float32Array(bits.buffer));
/** @type {Record<string, (first: number, second: number) => void>} */
const acts = {
  on: (key, velocity) => wasm.note_on(0, key, velocity),
  off: key => wasm.note_off(0, key),
  bend: value => wasm.pitch_bend(0, value),
  control: (controller, value) => wasm.control_change(0, controller, value),
};

const samples = [new Float32Array(frames), new Float32Array(frames)];
for (let frame = 0, next = 0; frame < frames; ) {
  for (; next < events.length && events[next].frame <= frame; next++) {
    const { word, first, second } = events[next];
    if (!acts[word]) throw new Error(`the module plays no "${word}" as amSynth does`);
    acts[word](first, second);
  }
  // In amSynth, blocks end with the host's buffer and before an event.
  const hostEnd = (Math.floor(frame / hostBlock) + 1) * hostBlock;
  const end = Math.min(frame + BLOCK_FRAMES, hostEnd, events[next]?.frame ?? frames, frames);
  const block = render(wasm, end - frame);
  for (let index = 0; index < end - frame; index++) {
    samples[0][frame + index] = block[2 * index];
    samples[1][frame + index] = block[2 * index + 1];
  }
  frame = end;
}
for (const channel of samples) {
  const bytes = Buffer.from(channel.buffer);
  for (let written = 0; written < bytes.length; ) written += writeSync(1, bytes, written);
}
