// The English texts that the lessons' scripts write. The lessons themselves are documents, one folder a language.
export default {
  decimal_mark: '.',
  point: '({x}, {y})',
  done: 'done',
  progress: '{done} of {all} tasks done',
  copy_link: 'Copy the link to task {task}',
  copied: 'Link copied',
  in_address: 'The link is in the address bar',

  pressed_one: 'You pressed {one}: two numbers, from which the decoder computes 41.',
  pressed_two: 'You pressed {one} and then {two}: {apart} units apart.',
  nothing_pressed: 'Nothing pressed yet.',

  play_first: 'Play a sound first.',
  stored: 'Stored: the sound at {point}.',
  nothing_stored: 'Nothing to compare yet.',
  no_change: 'No audible change.',

  press_first: 'Press the map first.',
  set_an_end: 'Set this sound as A or B, or press another point.',
  end_is_at: '{end} is at {point}',
  end_is_not_set: '{end} is not set yet',
  play: 'Play',
  stop: 'Stop',
  difference: '{count} of the 41 parameters are not on the straight line from A to B.',
};
