// The English texts of “Play by voice…”; a {…} is filled in.
export default {
  // As the program writes keys.
  notes: 'C C♯ D D♯ E F F♯ G G♯ A A♯ B',
  title: 'Your voice plays this sound',
  start: 'Play live with the microphone',
  stop: 'Stop playing with the microphone',
  try_again: 'Try again',
  asking: 'Waiting for the microphone…',
  about:
    'Sing, hum or whistle: one note at a time. Sing louder to play louder; the note follows your pitch. Escape stops.',
  headphones: 'Use headphones: from a loudspeaker the microphone hears the sound itself and plays on.',
  level: 'Level of the microphone',
  note: 'Note heard',
  no_note: '–',
  cent: 'cent',
  cents: 'cents',
  latency: 'Latency',
  latency_value: '{own} ms + device',
  latency_device: '{own} ms + device ({device} ms)',
  latency_about:
    'From the beginning of a note to its sound, about: {detector} ms to be sure of the pitch, {transfer} ms on its way through the page.',
  brightness_follows: 'The brightness of your voice moves the slider Brightness.',
  brightness_unmeasured:
    'Press the slider Brightness and let it measure this sound: if its brightness can be changed, that of your voice moves the slider.',
  refused: 'The microphone is blocked: allow it for this page in the browser, then press the button again.',
  missing: 'There is no microphone: connect one, then press the button again.',
  busy: 'The microphone does not answer: close other programs that use it, then press the button again.',
  insecure: 'The microphone needs a secure page: open this page with https.',
  unusable:
    'This browser cannot pass the microphone to the sound: choose the same sample rate for both in the system, or use another browser.',
  ended: 'The microphone is gone: connect it, then press the button again.',
  lost: 'The part that listens could not be loaded: check the connection and try again.',
  no_sound: 'The sound of the page does not run: press the map once, then try again.',
};
