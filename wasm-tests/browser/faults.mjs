// Faults of the audio thread and of its context, which tests cause.

/**
 * Runs in the audio scope before the site's processor: makes one module trap, or one processor throw, when a node of the
 * tests says so: the first that plays then. An older one may be gone: some versions of Chromium take no module as a
 * message, and the page makes its node again.
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
let faulty;
const strikes = (kind, own) => fault === kind && (faulty ??= own) === own;
globalThis.registerProcessor = (name, Processor) => register(name, class extends Processor {
  process(...given) {
    if (name === 'latent-pad' && strikes('throw', this)) throw new Error('as the test wants it');
    return super.process(...given);
  }
});
const { Instance } = WebAssembly;
WebAssembly.Instance = function (...given) {
  const own = {};
  const exports = Object.fromEntries(Object.entries(new Instance(...given).exports).map(([name, value]) => [name,
    typeof value !== 'function' ? value : (...words) => {
      if (strikes('trap', own)) throw new WebAssembly.RuntimeError('unreachable');
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
