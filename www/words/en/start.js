// The English texts of the start: loading, the first sound and the first hints.
export default {
  "too_old": "This browser is too old for this page: please open it in a current Chrome, Edge, Firefox or Safari.",
  "not_started": "The page could not be loaded completely: please check the connection and reload it.",
  "load_again": "Reload",
  "offline_refused": "Not saved. Works online only",
  "pad_not_loaded": "The pad could not be loaded: please check the connection, or open the page in a current browser.",
  "no_script": "This instrument needs JavaScript: please allow it for this page.",
  // Texts that the program fills in.
  "loading_bytes": "Loading… {megabytes} MB",
  "loading_percent": "Loading… {percent} %",
  "loading_last": "Starting…",
  "wake_by_tap": "Tap to start the sound",
  "wake_by_lift": "Lift to start the sound",
  "wake_by_click": "Click to start the sound",
  // The first seconds.
  "welcome": "Press the map. Then drag.",
  "hint_dots": "Each dot is a preset",
  "hint_colours": "Colour shows how {quality} a place sounds",
  "hint_density": "Colour shows where many sounds lie",
  "hint_latch": "Notes sound on until the next touch, or until you press Hold again",
  "hint_landmark": "Pinned. Find it in Places",
  "hint_compare": "A is saved. Make B, then press again to compare",
  "hint_explore": "Drag moves the map, pinch or wheel zooms, tap plays",
  "hint_melody": "Try Melody",
  "hint_beat": "Start a beat",
  "hint_record": "Record a loop",
  "shared": "Shared with you",
  "shared_named": "Shared with you: {name}",
  // A link with loops.
  "made_for_you": "Made for you",
  "untitled_loops": "Loops",
  "tempo_of_loops": "{bpm} beats a minute",
  "next_is_yours": "{number} · yours",
  "add_yours": "{number} · add yours",
  "hear_then_add": "Hear it, then add yours.",
  "back_to_yours": "Back to yours"
};
