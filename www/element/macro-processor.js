// The AudioWorkletProcessor of the macro-controls' AudioParams: tells the page their values while they change. Makes no
// sound. build/on-demand.mjs bundles this file into one script.
import { MACRO_PARAMS, MACRO_PROCESSOR } from '../macros/properties.js';

/** The least time between two messages: the page cannot follow faster. */
const INTERVAL_S = 0.01;

class MacroProcessor extends AudioWorkletProcessor {
  static get parameterDescriptors() {
    return MACRO_PARAMS.map(
      name => /** @type {const} */ ({ name, defaultValue: 0, minValue: -1, maxValue: 1, automationRate: 'k-rate' }),
    );
  }

  constructor() {
    super();
    this.last = new Float32Array(MACRO_PARAMS.length);
    this.sent_s = -1;
    this.isOver = false;
    // Any message ends it.
    this.port.onmessage = () => {
      this.isOver = true;
    };
  }

  /**
   * @param {Float32Array[][]} _inputs @param {Float32Array[][]} _outputs
   * @param {Record<string, Float32Array>} parameters
   */
  process(_inputs, _outputs, parameters) {
    if (this.isOver) return false;
    if (currentTime - this.sent_s < INTERVAL_S) return true;
    let isChanged = false;
    for (let place = 0; place < MACRO_PARAMS.length; place++) {
      const [value] = parameters[MACRO_PARAMS[place]];
      isChanged ||= value !== this.last[place];
      this.last[place] = value;
    }
    if (isChanged) {
      this.sent_s = currentTime;
      this.port.postMessage(this.last);
    }
    return true;
  }
}

registerProcessor(MACRO_PROCESSOR, MacroProcessor);
