// Prepares an audio scope before worklet.js loads in it: removes globals that some browsers lack, and delivers a job's
// messages at exact quanta, which a port cannot do. Must change nothing else.

const LACKING = ['TextDecoder', 'TextEncoder', 'performance', 'crypto', 'fetch', 'atob', 'btoa'];

for (const name of LACKING) Reflect.deleteProperty(globalThis, name);

const register = registerProcessor;

Object.assign(globalThis, {
  /**
   * @param {string} name
   * @param {any} Processor
   */
  registerProcessor(name, Processor) {
    register(
      name,
      /** @type {any} */ (
        class extends Processor {
          /**
           * @param {{ processorOptions: { frames: number, score: { frame: number, message: unknown[] }[] } }} options
           */
          constructor(options) {
            super(options);
            this.frames = options.processorOptions.frames;
            this.score = options.processorOptions.score.slice();
            this.port.postMessage({ type: 'stage', leftOver: LACKING.filter(lacking => lacking in globalThis) });
          }

          /**
           * @param {Float32Array[][]} inputs
           * @param {Float32Array[][]} outputs
           * @param {Record<string, Float32Array>} parameters
           */
          process(inputs, outputs, parameters) {
            for (; this.score.length > 0 && this.score[0].frame <= currentFrame; this.score.shift()) {
              this.port.onmessage({ data: this.score[0].message });
            }
            const goesOn = super.process(inputs, outputs, parameters);
            // The last of a port's messages, which arrive in their order.
            if (currentFrame + outputs[0][0].length >= this.frames) this.port.postMessage({ type: 'over' });
            return goesOn;
          }
        }
      ),
    );
  },
});
