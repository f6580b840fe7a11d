// Types of the class of <latent-pad>.

/** `asleep`: the next press on the pad starts the sound; browsers require a press. */
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
  /** The current point, both −4…4. */
  x: number;
  y: number;
  /** The 41 stored values that sound there, by amSynth's names; null before the sound first runs. */
  values: Record<string, number> | null;
}

/** A mark of the page on the map. */
export interface Mark {
  /** Its point, both −4…4. */
  x: number;
  y: number;
  /** One or two characters. */
  label: string;
  /** Whether a line leads to it from the mark before. */
  joined?: boolean;
}

/** The description of one parameter. */
export interface Parameter {
  name: string;
  /** The name to display under its group. */
  label: string;
  group: string;
  /** Least and greatest stored value. */
  min: number;
  max: number;
  /** Distance between stored values; 0 means continuous. */
  step: number;
}

export class LatentPadElement extends HTMLElement {
  /** The current point from left to right, −4…4. */
  x: number;
  /** The current point from bottom to top, −4…4. */
  y: number;
  /** The MIDI key that a touch plays, 0…127; 60 is middle C. */
  note: number;
  /** Whether a touch sounds on until the next touch. */
  hold: boolean;
  /** The layer that the map's colours show: `presets`, or one of the qualities, such as `brightness`. */
  layer: string;
  /** A factor of the amplitude, 0…1. */
  volume: number;
  /** Whether the row of controls is shown. */
  controls: boolean;
  /** Whether a ruler along the map's edges and number fields show the current point; typing a number moves it. */
  ruler: boolean;
  /** Marks of yours on the map. */
  marks: Mark[];
  /** The page's panels to show, by name: `play`, `sound` or both, separated by a space. */
  panels: string;
  /** `dark`, `light`, or `auto`, which follows the visitor's setting. */
  theme: string;
  /** The latency hint for the pad's own AudioContext: `interactive`, `balanced` or `playback`. */
  latency: string;
  /** The folder of the pad's files, relative to the page. Empty means beside the script. */
  src: string;
  /**
   * The 41 stored values that sound at the current point, by amSynth's names; null before the sound first runs. A patch
   * that you set sounds until the point moves; its `keyboard_mode` and `portamento_time` stay until you set another one.
   * Values of a group that the visitor has locked in the panel Sound are not heard: the locked ones sound, and this
   * property has them.
   * Names that you leave out keep their values. Before the sound first runs these are not known: then the patch sounds a
   * moment after it, with those of the point. Null changes nothing of what sounds.
   * @throws if a name is not a parameter or a value is not a number; the message names it. Before the pad has loaded, an
   * `error` event has the message instead.
   */
  get patch(): Record<string, number> | null;
  set patch(values: Record<string, number> | null);
  /** The AudioContext that the pad uses. Set it to one of yours and the pad restarts in it. Null while the pad loads. */
  audioContext: AudioContext | null;
  /** The pad's output node, connected to the context's destination; disconnect it to connect it elsewhere. Null while the pad loads. */
  readonly output: AudioNode | null;
  /** All 41 parameters in amSynth's order; null while the pad loads. */
  readonly parameters: Parameter[] | null;
  readonly state: State;
  readonly sounding: boolean;

  /** A stored value of a parameter as text, with its unit. */
  textOf(name: string, value: number): string;
  /** Plays at the current point until something else is touched. Called in a user gesture, it also starts the sound. */
  play(): void;
  /** Ends every sound at once. */
  stop(): void;
  /** Plays a key, 0…127, at the current point; velocity 1…127, default 100; 0 releases it. Called in a user gesture, it also starts the sound. */
  noteOn(key: number, velocity?: number): void;
  /** Releases a key. */
  noteOff(key: number): void;
  /**
   * Measures the sound that plays (some 310 sounds in workers, seconds to a minute), and resolves to controls that each
   * change one of its properties. They work until the point moves, another patch is set or a group is locked or unlocked:
   * then call this again, which ends the earlier ones. Rejects with an Error whose message is a sentence in English.
   * @param progress gets the share that is done, 0…1
   */
  macros(progress?: (share: number) => void): Promise<Macros>;
}

/** The properties that macro-controls change. */
export type SoundProperty = 'brightness' | 'warmth' | 'hardness' | 'roughness' | 'depth' | 'attack' | 'length' | 'movement';

/** Macro-controls of one sound. */
export interface Macros {
  /** The AudioParam of a property, −1…1, 0 is the sound as it was measured; followed about every 10 ms. */
  param(property: SoundProperty): AudioParam;
  /** For each property its value, and how much −1 and 1 change it, in points of 100. */
  readonly reach: Record<SoundProperty, { value: number; less: number; more: number }>;
  /** Whether they work: the pad still plays that sound, with the same locks, and nothing has ended them. */
  readonly isCurrent: boolean;
  /** Ends them; the sound stays as it is. */
  close(): void;
}