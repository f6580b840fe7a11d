// What the codebook shows, as the page's program has it: the known sounds, the layers of the map, and their texts. An import or
// another instrument replaces them.

/** @typedef {import('../app.js').PathPort} PathPort */
/** @typedef {{ unit: string, name: string, low: string, high: string }} Layer */

/** Lines of the port for a layer. */
const LAYER_LINES = 4;
/** How often they are compared, in milliseconds: that takes a millisecond, too long for every frame. */
const LOOK_EVERY_MS = 1000;

export class KnownSounds {
  #port;
  #texts = '';
  #looked_ms = -Infinity;
  /** What `PathPort::sounds` has returned last; empty: nothing. */
  sounds = new Float32Array();
  /** @type {string[]} those of the presets */
  names = [];
  /** @type {Layer[]} */
  layers = [];
  /** The instrument whose sounds they are. @type {string | undefined} */
  instrument;

  /** @param {PathPort} port */
  constructor(port) {
    this.#port = port;
  }

  get count() {
    return this.sounds[0] ?? 0;
  }

  /** Reads them, if it is time or another instrument plays. @returns {'same' | 'others' | 'no_map'} no_map: a person's own model has come without one */
  look() {
    const now_ms = performance.now(), own = instrument();
    if (own === this.instrument && now_ms < this.#looked_ms + LOOK_EVERY_MS) return 'same';
    const [sounds, texts] = [this.#port.sounds(), this.#port.texts()];
    if (!sounds) {
      // They still load.
      if (own !== 'amsynth' || this.#port.model_map() !== '') return 'same';
      // A screen reader would say it each second.
      if (own === this.instrument && !this.sounds.length) return 'same';
      [this.#looked_ms, this.instrument, this.sounds] = [now_ms, own, new Float32Array()];
      return 'no_map';
    }
    [this.#looked_ms, this.instrument] = [now_ms, own];
    if (texts === this.#texts && sounds.length === this.sounds.length && sounds.every((value, index) => value === this.sounds[index])) return 'same';
    [this.sounds, this.#texts] = [sounds, texts];
    const lines = texts.split('\n');
    const layerLines = lines.length - Math.max(this.count, 1);
    this.names = lines.slice(layerLines);
    this.layers = Array.from({ length: layerLines / LAYER_LINES }, (_, layer) => {
      const [unit, name, low, high] = lines.slice(LAYER_LINES * layer);
      return { unit, name, low, high };
    });
    return 'others';
  }
}

/** The name of the instrument that plays. */
const instrument = () => document.documentElement.dataset.instrument;
