// The exports of decoder.wasm, for type checks of JavaScript. src/lib.rs says what each means.

export interface DecoderExports {
  memory: WebAssembly.Memory;
  buffer: (length: number) => number;
  load: (length: number) => number;
  decode: (x: number, y: number) => number;
  values: () => number;
  warm_up: (count: number) => number;
  error_pointer: () => number;
  error_length: () => number;
}
