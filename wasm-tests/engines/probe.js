// Runs before a page's own scripts: measures what the page plays and records what it copies. Must never change the page's
// audio graph.

/** @type {AnalyserNode[]} */
const meters = [];
/** @type {WeakMap<BaseAudioContext, AnalyserNode>} */
const meterOf = new WeakMap();
/** @type {(this: AudioNode, ...wiring: any[]) => any} */
const connect = AudioNode.prototype.connect;

/** @this {AudioNode} @param {any[]} wiring */
AudioNode.prototype.connect = function (...wiring) {
  const [destination] = wiring;
  if (destination instanceof AudioDestinationNode && destination.context instanceof AudioContext) {
    const { context } = destination;
    const meter = meterOf.get(context) ?? new AnalyserNode(context, { fftSize: 8192 });
    if (!meterOf.has(context)) meters.push(meter);
    meterOf.set(context, meter);
    connect.call(this, meter);
  }
  return connect.apply(this, wiring);
};

Object.assign(globalThis, {
  probe: {
    /** Requests that the content security policy refused. @type {string[]} */
    refused: [],
    /** The text copied last. */
    copied: '',
    /** Root mean square of the last 0.2 s of the output. */
    level() {
      const levels = meters.map(meter => {
        const samples = new Float32Array(meter.fftSize);
        meter.getFloatTimeDomainData(samples);
        return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
      });
      return Math.max(0, ...levels);
    },
  },
});

if (navigator.clipboard) {
  navigator.clipboard.writeText = async text => { Object.assign(/** @type {any} */ (globalThis).probe, { copied: text }); };
}

addEventListener('securitypolicyviolation', event => {
  (/** @type {any} */ (globalThis)).probe.refused.push(`${event.violatedDirective}: ${event.blockedURI}`);
});
