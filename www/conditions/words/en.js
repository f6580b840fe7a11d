// The English texts of the conditions of a target; a {…} is filled in.
export default {
  language: 'en',
  and: 'And',
  nothing: 'nothing else',
  shape: 'Shape',
  low: 'From',
  high: 'To',
  about:
    'The path passes through the places and avoids the circles. Move to a point on the map and add it here; then drag it, or type its coordinates.',
  places: 'Places',
  add_pass: 'Pass through here',
  add_avoid: 'Stay out of here',
  undo: 'Undo place',
  pass: 'Place {number}',
  avoid: 'Circle {number}',
  time: 'At, s',
  radius: 'Radius',
  remove: 'Remove {place}',
  // A mark on the map, for screen readers.
  mark: '{place}: x {x}, y {y}. Arrow keys move it.',
  added: '{place} is added.',
  removed: '{place} is removed.',
  undone: 'The last change of the places is undone.',
  full: 'There is room for {most} places and {most} circles. Remove one first.',
  no_value: 'Type a number from {least} to {most}; {former} is kept.',
  same_time: 'Another place is passed at that time: {former} s is kept.',
};
