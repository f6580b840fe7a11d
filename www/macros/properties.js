/** The properties of a sound in the order of the program's (crate/listen/macro_control/src/property.rs). */
export const PROPERTIES = /** @type {const} */ ([
  'brightness',
  'warmth',
  'hardness',
  'roughness',
  'depth',
  'attack',
  'length',
  'movement',
]);

/** The AudioParams of `<latent-pad>` that move them, in the same order. */
export const MACRO_PARAMS = PROPERTIES.map(property => `macro${property[0].toUpperCase()}${property.slice(1)}`);

/** The name of the processor that has these AudioParams. */
export const MACRO_PROCESSOR = 'latent-pad-macros';
