// The English texts of the codebook; a {…} is filled in. The names of the map's layers
// and their ends come from the page.
export default {
  language: 'en',
  lost: 'The grid of all sounds could not be loaded: check the connection and try again.',
  no_map: 'Your model came without its map: import map.json together with it. latent-pad map makes it.',
  few_scales:
    'The map of your model has fewer than two qualities from 0 to 100: import it with a map.json that latent-pad map makes.',
  about: 'Sounds that are alike lie together. Tap a dot to hear it.',
  layer: 'Colour and bars',
  // The name of the picture, and its help for screen readers.
  cloud: 'Sounds by what they sound like',
  help: 'Arrow keys choose the nearest dot in their direction, with Shift one farther away. Enter goes there and plays it.',
  // The ends of an axis, in words of two qualities: “dull, dark”.
  ends: '{one}, {other}',
  // The share of the differences that an axis explains; its two qualities.
  across: 'From left to right: {one} and {other}. Explains {percent} % of how the sounds differ.',
  upward: 'Upwards: {one} and {other}. Explains {percent} %.',
  key_presets: '{count} known presets, each as it was measured',
  key_presets_by_map: '{count} known presets, placed by the qualities of the map',
  // On an instrument of recorded tones.
  key_tones: '{count} tones, placed by the qualities of the map',
  key_points: '{count} points of the map',
  // A few dots that stand for all.
  codes: '{count} codes',
  codes_about:
    'Each code is the middle of a group of similar sounds (k-means): the larger its dot, the more sounds it stands for.',
  code: '{text}; stands for {count} sounds',
  code_one: '{text}; stands for one sound',
  // A chosen dot.
  unnamed: 'Unnamed',
  preset: '{name}: {layer} {value}',
  point: 'A point of the map, x {x}, y {y}: {layer} {value}',
  bars: '{layer}: press bars to pick sounds',
  bar: '{from} to {to}: {count} sounds',
  bar_one: '{from} to {to}: one sound',
  range: '{from} to {to}',
  picked: '{layer} {ranges}: {count} of {all} sounds',
  play: 'Play these {count} presets',
  play_one: 'Play this preset',
  play_tones: 'Play these {count} tones',
  play_tones_one: 'Play this tone',
  stop: 'Stop',
  clear: 'Show all',
};
