// Runs before a page's own scripts: measures what the page plays and records what it copies. The page's audio output is
// replaced by a node that passes everything on to the real output and to a meter.

/** @type {AnalyserNode[]} */
const meters = [];
const Context = AudioContext;

Object.assign(globalThis, {
  AudioContext: class extends Context {
    /** @type {AnalyserNode | undefined} */
    meter;
    get destination() {
      if (!this.meter) {
        this.meter = new AnalyserNode(this, { fftSize: 8192 });
        this.meter.connect(super.destination);
        meters.push(this.meter);
      }
      return /** @type {any} */ (this.meter);
    }
  },
});

Object.assign(globalThis, {
  probe: {
    /** Requests that the content security policy refused. @type {string[]} */
    refused: [],
    /** The states of the audio outputs, for the message of a failed wait. */
    outputs: () => meters.map(({ context }) => `${context.state} at ${context.currentTime.toFixed(2)} s`),
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
  navigator.clipboard.writeText = async text => {
    Object.assign(/** @type {any} */ (globalThis).probe, { copied: text });
  };
}

addEventListener('securitypolicyviolation', event => {
  /** @type {any} */ (globalThis).probe.refused.push(`${event.violatedDirective}: ${event.blockedURI}`);
});
