// The settings of <latent-pad> that exist before its instrument does and survive its restarts. Knows nothing of what
// the element does.

/** @typedef {{ name: string, label: string, group: string, min: number, max: number, step: number }} Parameter */

export const DEFAULTS = { x: 0, y: 0, note: 60, hold: false, layer: 'presets', volume: 1 };

/** Every property that a page may set before the class is defined. */
export const SETTABLE = [
  ...Object.keys(DEFAULTS),
  'patch',
  'audioContext',
  'controls',
  'ruler',
  'marks',
  'panels',
  'theme',
  'latency',
  'src',
];

/**
 * Sets a property again that was set before the class was defined, now with the class's setter.
 * @param {object} element @param {string} name
 */
export function setAgain(element, name) {
  if (!Object.hasOwn(element, name)) return;
  const value = Reflect.get(element, name);
  Reflect.deleteProperty(element, name);
  Reflect.set(element, name, value);
}

/** A number that MIDI can send, 0…127. @param {unknown} value */
export const midi = value => Math.min(127, Math.max(0, Math.round(Number(value)) || 0));

/** The functions that turn a value of a page into the value of a setting. */
export const TAKEN = {
  note: midi,
  hold: Boolean,
  layer: String,
  volume: (/** @type {unknown} */ value) => Math.min(1, Math.max(0, Number(value) || 0)),
};

/**
 * Whether two coordinates are different points of an instrument, which has single precision.
 * @param {number} one @param {number} other
 */
export const isOther = (one, other) => Math.fround(one) !== Math.fround(other);

/** The number that an attribute says. @param {string | null} text @param {number} otherwise */
export const numberOf = (text, otherwise) => (text?.trim() && Number.isFinite(Number(text)) ? Number(text) : otherwise);
