// The built live-processor.js with the real module, in a scope like an audio thread's. Reads WORKLET_WASM, beside which
// both are; `./build.sh test` sets it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import vm from 'node:vm';

import { EVENT_NUMBERS, NOTE_ON } from '../www/live/names.js';

const RATE_HZ = 48_000;
const QUANTUM = 128;
const folder = dirname(process.env.WORKLET_WASM ?? '');
const script = readFileSync(join(folder, 'live-processor.js'), 'utf8');
const module = new WebAssembly.Module(readFileSync(join(folder, 'live_input.wasm')));

/** A processor, its reports, and the number of arrays that it has made. */
function make() {
  /** @type {import('../www/live/names.js').LiveReport[]} */
  const reports = [];
  let made = 0;
  /** @type {any} */
  let Processor;
  const scope = vm.createContext({
    AudioWorkletProcessor: class {
      port = {
        postMessage: (/** @type {import('../www/live/names.js').LiveReport} */ report) => {
          reports.push(report);
        },
      };
    },
    Float32Array: new Proxy(Float32Array, {
      construct(target, given) {
        made++;
        return Reflect.construct(target, given);
      },
    }),
    registerProcessor(/** @type {string} */ _name, /** @type {unknown} */ registered) {
      Processor = registered;
    },
    sampleRate: RATE_HZ,
    currentTime: 0,
    WebAssembly,
  });
  vm.runInContext(script, scope);
  const processor = new Processor({ processorOptions: { module } });
  let frame = 0;
  /** Listens to a tone of A3 for a number of quanta. @param {number} quanta */
  const hear = quanta => {
    for (let quantum = 0; quantum < quanta; quantum++) {
      const samples = Float32Array.from(
        { length: QUANTUM },
        () => 0.3 * Math.sin((2 * Math.PI * 220 * frame++) / RATE_HZ),
      );
      assert.ok(processor.process([[samples]]));
      scope.currentTime = frame / RATE_HZ;
    }
  };
  return { reports, hear, made: () => made };
}

test('it reports the note of a tone', () => {
  const { reports, hear } = make();
  hear(100);
  assert.ok((reports[0].latency_s ?? 0) > 0);
  const events = reports.flatMap(({ events }) => [...(events ?? [])]);
  const on = events.findIndex((kind, at) => at % EVENT_NUMBERS === 0 && kind === NOTE_ON);
  assert.equal(events[on + 1], 57);
  assert.ok(events[on + 2] > 0);
});

test('it makes no array while it listens', () => {
  const { hear, made } = make();
  hear(10);
  const before = made();
  hear(300);
  assert.equal(made(), before);
});
