// The exports of tone-source.wasm, for type checks of JavaScript. src/lib.rs says what each means.

export interface ToneExports {
  memory: WebAssembly.Memory;
  create: (sampleRateHz: number) => number;
  buffer: (length: number) => number;
  load: (length: number) => number;
  error_pointer: () => number;
  error_length: () => number;
  latent_count: () => number;
  note: (part: number, key: number, velocity: number) => void;
  legato: (part: number) => number;
  bend: (part: number, value: number) => void;
  control: (part: number, controller: number, value: number) => void;
  gain: (part: number, value: number) => void;
  point: (part: number, x: number, y: number) => void;
  offset: (axis: number, value: number) => void;
  life: (share: number) => void;
  tune: (key: number, frequencyHz: number) => void;
  limit: (voices: number) => void;
  silence: () => void;
  voices: () => number;
  render: (frames: number) => void;
  left: () => number;
  right: () => number;
  live: (kind: number) => void;
  input: () => number;
  listen: (frames: number) => void;
  feedback: (frequencyHz: number, quality: number) => void;
  latency_ms: () => number;
}
