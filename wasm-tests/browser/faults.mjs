// Faults of the audio thread and of its context, which tests cause.

/**
 * Runs in the audio scope before the site's processor: makes the first module trap, or the first processor throw, when
 * a node of the tests says so.
 */
export const FAULTS = `
let fault = '';
const register = registerProcessor;
register('faults-of-the-tests', class extends AudioWorkletProcessor {
  constructor() {
    super();
    this.port.onmessage = ({ data }) => { fault = data; };
  }
  process() { return true; }
});
let processors = 0, instances = 0;
globalThis.registerProcessor = (name, Processor) => register(name, class extends Processor {
  first = processors++ === 0;
  process(...given) {
    if (fault === 'throw' && this.first) throw new Error('as the test wants it');
    return super.process(...given);
  }
});
const { Instance } = WebAssembly;
WebAssembly.Instance = function (...given) {
  const first = instances++ === 0;
  const exports = Object.fromEntries(Object.entries(new Instance(...given).exports).map(([name, value]) => [name,
    typeof value !== 'function' ? value : (...words) => {
      if (fault === 'trap' && first) throw new WebAssembly.RuntimeError('unreachable');
      return value(...words);
    }]));
  return { exports };
};
`;

/** Runs before the page's scripts: gives each context a node that causes faults. */
export function keepContexts() {
  /** @type {AudioContext[]} */
  const contexts = [];
  const Context = AudioContext;
  Object.assign(globalThis, {
    contexts,
    AudioContext: class extends Context {
      /** @param {AudioContextOptions} [options] */
      constructor(options) {
        super(options);
        contexts.push(this);
      }
    },
    /** @param {'trap' | 'throw'} fault */
    breakDown(fault) {
      new AudioWorkletNode(contexts[contexts.length - 1], 'faults-of-the-tests').port.postMessage(fault);
    },
  });
}
