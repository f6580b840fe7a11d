// The English error messages: one sentence each that says what is wrong and what to do.
export default {
  "element_missing": "The page and its program have different versions (#{id}): please reload the page.",
  "no_canvas": "The browser provides no drawing surface: please close other tabs and reload the page.",
  "file_missing": "{path} is missing on the server (status {status}): please tell whoever runs this page.",
  "file_unreachable": "{path} could not be loaded: please check the connection and try again.",
  "file_broken": "{path} arrived damaged or from another version: please try again, or reload the page.",
  // In place of {path}, for an instrument of recorded tones.
  "the_instrument": "The instrument {name}",
  "insecure_page":
    "Browsers allow this sound on secure pages only: please open the page over https:// or on localhost.",
  "no_audio_worklet":
    "This browser has no AudioWorklet, which plays the sound: please open the page in a current browser.",
  "context_refused": "The browser provides no sound output: please close other tabs that play sound and try again.",
  "decoder_refused": "The sound model could not be used ({reason}): please reload the page.",
  "sound_fault": "The sound failed ({reason}): please start it again.",
  "sound_stopped": "The sound stopped because of an error: please start it again.",
  "sound_lost": "The browser closed the sound output: please start the sound again.",
  "start_sound": "Start the sound again",
  "map_late": "Parts of the map have not loaded: please wait for a better connection.",
  "nothing_kept": "This browser cannot save your work for the next visit: please copy a link or save a bank.",
  "tones_rate":
    "{path} needs a sound output of at most 192 kHz: please choose a lower rate in the system, then reload the page.",
  "loops_too_long": "The loops are too long together: please stop one, or make this one shorter.",
  "landmarks_full": "There is room for 128 pins: please delete one in Places first.",
  "imports_late": "The files that you imported did not load: please reload the page."
};
