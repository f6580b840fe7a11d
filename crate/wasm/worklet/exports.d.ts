// The exports of worklet.wasm, for type checks of JavaScript. src/lib.rs says what each means.

export interface Exports {
  memory: WebAssembly.Memory;
  create: (sampleRateHz: number) => number;
  buffer: (length: number) => number;
  use_decoder: () => number;
  load_tones: (number: number) => void;
  use_source: (number: number) => void;
  live_tones: (kind: number) => void;
  load_grid: (length: number) => number;
  error_pointer: () => number;
  error_length: () => number;
  note_on: (part: number, key: number, velocity: number) => void;
  note_off: (part: number, key: number) => void;
  pitch_bend: (part: number, value: number) => void;
  control_change: (part: number, controller: number, value: number) => void;
  set_parameter: (part: number, index: number, value: number) => void;
  hold_parameter: (index: number, value: number) => void;
  values: () => number;
  set_patch: (part: number, x: number, y: number) => void;
  take_patch_back: (part: number) => void;
  all_sound_off: () => void;
  arpeggio: (pattern: number, stepsPerSecond: number, gate: number) => void;
  voice_limit: (count: number) => void;
  set_tuning: (scaleLength: number, mapLength: number) => number;
  path_room: (words: number) => number;
  play_path: (
    number: number,
    lengthS: number,
    repeats: number,
    rate: number,
    direction: number,
    atS: number,
    beats: number,
    originBeats: number,
  ) => number;
  path_pace: (number: number, rate: number, direction: number) => void;
  stop_path: (number: number) => void;
  path_sound: (
    number: number,
    hasOverrides: number,
    lanes: number,
    legato: number,
    pattern: number,
    stepsPerSecond: number,
    gate: number,
    source: number,
    cutoffShift: number,
  ) => void;
  path_gain: (number: number, gain: number) => void;
  lane_words: () => number;
  path_keys: (lanes: number, legato: number) => void;
  claim_parts: (parts: number) => void;
  transport: (bpm: number, state: number) => void;
  transport_beats: () => number;
  path_report: () => number;
  path_report_length: () => number;
  recall: (seconds: number) => number;
  next_piece: () => number;
  piece_left: () => number;
  piece_right: () => number;
  move_to: (part: number, x: number, y: number) => void;
  automate: (part: number, x: number, y: number) => void;
  render: (frames: number) => number;
  left: () => number;
  right: () => number;
  patch: (part: number) => number;
  source_patch: (part: number) => number;
  patch_revision: (part: number) => number;
  patch_x: (part: number) => number;
  patch_y: (part: number) => number;
  active_voices: () => number;
}
