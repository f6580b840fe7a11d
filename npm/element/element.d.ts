// Types of the class of <latent-pad>.

/** `asleep`: the next press on the pad wakes the sound, as browsers demand. */
export type State = 'loading' | 'asleep' | 'awake' | 'error';

/** Detail of `statechange`. */
export interface Status {
  state: State;
  /** Whether a touch or the play button sounds. */
  sounding: boolean;
  hold: boolean;
  /** MIDI key, 0…127. */
  note: number;
  layer: string;
}

/** Detail of `patchchange`. */
export interface PatchChange {
  /** The place, both −4…4. */
  x: number;
  y: number;
  /** The 41 stored values that sound there, by amSynth's names; null before the sound first ran. */
  values: Record<string, number> | null;
}

/** What there is to know of one parameter. */
export interface Parameter {
  name: string;
  /** What a person reads, within its group. */
  label: string;
  group: string;
  /** Least and greatest stored value. */
  min: number;
  max: number;
  /** Distance of the stored values; 0: any between. */
  step: number;
}

export class LatentPadElement extends HTMLElement {
  /** The place from left to right, −4…4. */
  x: number;
  /** The place from bottom to top, −4…4. */
  y: number;
  /** The MIDI key that a touch plays, 0…127; 60 is middle C. */
  note: number;
  /** Whether what is touched sounds on until the next touch. */
  hold: boolean;
  /** What the map's colours show: `presets`, or one of its qualities, such as `brightness`. */
  layer: string;
  /** A factor of the amplitude, 0…1. */
  volume: number;
  /** Whether the row of controls is shown. */
  controls: boolean;
  /** `dark`, `light`, or `auto`, as the visitor has it. */
  theme: string;
  /** `interactive`, `balanced` or `playback`: for the pad's own AudioContext. */
  latency: string;
  /** The folder of the pad's files, relative to the page; empty: beside the script. */
  src: string;
  /**
   * The 41 stored values that sound at the place, by amSynth's names; null before the sound first ran. Set, they
   * sound until the place moves; names that are left out keep their values.
   * @throws a sentence that names what is no parameter or no number
   */
  patch: Record<string, number> | null;
  /** The context the pad sounds in. Set it to one of yours; the pad begins anew in it. Null while it loads. */
  audioContext: AudioContext | null;
  /** What the pad plays. It is connected to the context's destination: disconnect it to lead it elsewhere. Null while it loads. */
  readonly output: AudioNode | null;
  /** All 41 in amSynth's order; null while it loads. */
  readonly parameters: Parameter[] | null;
  readonly state: State;
  readonly sounding: boolean;

  /** A stored value of a parameter as a person reads it. */
  textOf(name: string, value: number): string;
  /** Plays at the place until something else is touched. Inside a gesture it also wakes the sound. */
  play(): void;
  /** Ends every sound at once. */
  stop(): void;
  /** A key goes down at the place: key 0…127, velocity 1…127 (100). Inside a gesture it also wakes the sound. */
  noteOn(key: number, velocity?: number): void;
  /** The key comes up. */
  noteOff(key: number): void;
}
