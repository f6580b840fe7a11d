// The class of <latent-pad>. It passes attributes and properties to the program's Instrument and dispatches events to
// the page. It must make no sound and draw nothing itself.
import { borrowContext, keepContext, returnContext, shareContext } from './contexts.js';
import { locator } from '../latent-pad-files.js';
import { Overlay } from './overlay.js';
import { giveUp, inTime, load } from './program.js';
import { ReflectingElement } from './reflecting.js';
import { DEFAULTS, isOther, midi, numberOf, setAgain, SETTABLE, TAKEN } from './settings.js';
import { build, showTrouble } from './shadow.js';
import { Status } from './status.js';
import { WORDS } from '../words/all.js';
import { languageOf } from '../words/language.js';

/** @import { Program } from './program.js' */
/** @import { Words } from '../words/language.js' */

export class LatentPadElement extends ReflectingElement {
  static observedAttributes = [
    'x',
    'y',
    'note',
    'layer',
    'hold',
    'volume',
    'latency',
    'src',
    'lang',
    'panels',
    'ruler',
  ];

  #settings = { ...DEFAULTS };
  /** Values to play once the instrument knows those of the point. @type {Record<string, number> | undefined} */
  #initialPatch;
  /** The point that knows them. */
  #patchPoint = '';
  #status = new Status(this, this.attachInternals().states);
  /** @type {import('../app.js').Instrument | undefined} */
  #instrument;
  /** The number of the current start, 0 if there is none; a slow start whose number differs is obsolete. */
  #start = 0;
  #starts = 0;
  /** @type {AudioContext | null} */
  #givenContext = null;
  /** @type {AudioContext | null} */
  #context = null;
  /** @type {GainNode | null} */
  #output = null;
  /** The addresses of the files. @type {((name: string) => string) | undefined} */
  #locate;
  /** @type {Overlay | undefined} */
  #overlay;
  /** @type {import('./overlay.js').Mark[]} */
  #marks = [];
  /** The last macro-controls; they end with the instrument. @type {import('./macros.js').Macros | undefined} */
  #macros;
  #root = this.attachShadow({ mode: 'open', delegatesFocus: true });

  connectedCallback() {
    for (const name of SETTABLE) this.#report(() => setAgain(this, name));
    // Otherwise the element was only moved.
    if (!this.#start) this.#begin();
  }

  disconnectedCallback() {
    // Moving an element removes it first.
    queueMicrotask(() => {
      if (!this.isConnected) this.#end();
    });
  }

  /** @param {string} name @param {string | null} before @param {string | null} value */
  attributeChangedCallback(name, before, value) {
    // Never sets a property: the page may have set its own before this class was defined, and that one counts.
    switch (name) {
      case 'x':
        this.#goTo(numberOf(value, DEFAULTS.x), this.y);
        break;
      case 'y':
        this.#goTo(this.x, numberOf(value, DEFAULTS.y));
        break;
      case 'note':
      case 'volume':
        this.#apply(name, numberOf(value, DEFAULTS[name]));
        break;
      case 'hold':
        this.#apply('hold', value !== null);
        break;
      case 'layer':
        this.#apply('layer', value ?? DEFAULTS.layer);
        break;
      case 'ruler':
        this.#overlay?.followRuler();
        break;
      default:
        if (value !== before) this.#restart();
    }
  }

  // ---- The current point and its patch ----

  get x() {
    return this.#instrument?.x ?? this.#settings.x;
  }
  set x(x) {
    this.#goTo(x, this.y);
  }

  get y() {
    return this.#instrument?.y ?? this.#settings.y;
  }
  set y(y) {
    this.#goTo(this.x, y);
  }

  get note() {
    return this.#settings.note;
  }
  set note(note) {
    this.#apply('note', note);
  }

  get hold() {
    return this.#settings.hold;
  }
  set hold(hold) {
    this.#apply('hold', hold);
  }

  get layer() {
    return this.#instrument?.layer ?? this.#settings.layer;
  }
  set layer(layer) {
    this.#apply('layer', layer);
  }

  get volume() {
    return this.#settings.volume;
  }
  set volume(volume) {
    this.#apply('volume', volume);
  }

  get patch() {
    return this.#instrument?.patch ?? null;
  }
  set patch(values) {
    this.#initialPatch = values ? { ...this.#initialPatch, ...values } : undefined;
    this.#playPatch();
  }

  /** Plays the values that were set, unless others are missing and not known yet. */
  #playPatch() {
    const [instrument, values] = [this.#instrument, this.#initialPatch];
    if (!instrument || !values) return;
    this.#initialPatch = undefined;
    if (!instrument.setPatch(values)) [this.#initialPatch, this.#patchPoint] = [values, this.#point];
  }

  get #point() {
    return `${this.x} ${this.y}`;
  }

  get parameters() {
    return /** @type {import('./settings.js').Parameter[] | null} */ (this.#instrument?.parameters() ?? null);
  }
  /** @param {string} name @param {number} value */
  textOf(name, value) {
    return this.#instrument?.textOf(name, value) ?? '';
  }

  get state() {
    return this.#status.state;
  }
  get sounding() {
    return this.#status.sounding;
  }

  play() {
    this.#instrument?.play();
  }
  stop() {
    this.#instrument?.stop();
  }

  /** @param {number} key @param {number} [velocity] */
  noteOn(key, velocity = 100) {
    this.#instrument?.noteOn(midi(key), velocity === 0 ? 0 : midi(velocity) || 1);
  }
  /** @param {number} key */
  noteOff(key) {
    this.#instrument?.noteOff(midi(key));
  }

  /** @param {(share: number) => void} [progress] */
  async macros(progress) {
    const [instrument, context, locate] = [this.#instrument, this.#context, this.#locate];
    if (!instrument || !context || !locate)
      throw new Error('the pad has not loaded yet: wait for its state to be asleep or awake');
    const { measureMacros, REMOVED } = await import('./macros.js');
    const macros = await measureMacros(
      {
        context,
        locate,
        names: (this.parameters ?? []).map(({ name }) => name),
        patch: () => (instrument === this.#instrument ? instrument.patch : null),
        point: () => this.#point,
        locked: () => instrument.locked,
        play: values => instrument.setPatch(values),
      },
      progress,
    );
    if (instrument !== this.#instrument) {
      macros.close();
      throw new Error(REMOVED);
    }
    // One worker and one node are enough for a pad.
    this.#macros?.close();
    this.#macros = macros;
    return macros;
  }

  // ---- On the map ----

  get marks() {
    return this.#marks;
  }
  set marks(marks) {
    this.#marks = Array.from(marks ?? []);
    this.#overlay?.setMarks(this.#marks);
  }

  // ---- The audio graph ----

  get audioContext() {
    return this.#givenContext ?? this.#context;
  }
  set audioContext(context) {
    if (context === this.#givenContext) return;
    if (context !== null && !(context instanceof AudioContext))
      throw new TypeError('audioContext takes an AudioContext or null');
    this.#givenContext = context;
    // The pad may use it already.
    if (context !== this.#context) this.#restart();
  }

  get output() {
    return this.#output;
  }

  // ---- Start and end ----

  async #begin() {
    const start = ++this.#starts;
    this.#start = start;
    // A closed one never sounds again.
    if (this.#givenContext?.state === 'closed') this.#givenContext = null;
    this.#context = this.#givenContext;
    if (this.#context) shareContext(this.#context);
    this.#status.mark(this.#status.state, true);
    const language = languageOf(this);
    const words = WORDS[language];
    build(this.#root, language, words);
    try {
      const locate = locator(this.getAttribute('src'));
      const loads = load(locate('app_bg.wasm'));
      const panels = this.panels.split(/\s+/).filter(Boolean);
      const files = Promise.all([loads, panels.length > 0 ? import('./add-panels.js') : undefined]);
      const [program, adding] = await inTime(files, () => {
        giveUp(loads);
        if (start === this.#start) this.#fail(words.pad_not_loaded);
      });
      // Removed or restarted in the meantime.
      if (start !== this.#start || !this.isConnected) return;
      // It arrived late, and the pad shows an error.
      if (this.#status.state === 'error') {
        build(this.#root, language, words);
        this.#status.change({ state: 'loading' });
      }
      adding?.addPanels(this.#root, panels, words);
      this.#attach(program, locate, words);
    } catch (error) {
      if (start === this.#start) this.#fail(typeof error === 'string' ? error : words.pad_not_loaded);
    }
  }

  /** @param {Program} program @param {(name: string) => string} locate @param {Words} words */
  #attach(program, locate, words) {
    this.#locate = locate;
    const frame = /** @type {HTMLElement} */ (this.#root.querySelector('.frame'));
    const context = (this.#context ??= borrowContext(this.latency, () => program.openContext(this.latency, words)));
    this.#output = new GainNode(context);
    this.#output.connect(context.destination);
    this.#overlay = new Overlay(this.#root, point => Object.assign(this, point), words.decimal_mark);
    this.#overlay.setMarks(this.#marks);
    /** @param {string} kind @param {any} detail */
    const receive = (kind, detail) => {
      if (instrument === this.#instrument) this.#dispatch(kind, detail);
    };
    // A context that the browser has closed cannot be reopened: restart.
    this.#root.getElementById('retry')?.addEventListener('click', event => {
      if (context.state !== 'closed') return;
      event.stopImmediatePropagation();
      this.#restart();
    });
    const instrument = new program.Instrument(frame, locate, this.#output, receive, words);
    this.#instrument = instrument;
    const { x, y, ...settings } = this.#settings;
    instrument.goTo(x, y);
    Object.assign(instrument, settings);
    this.#report(() => this.#playPatch());
  }

  #end() {
    this.#start = 0;
    const instrument = this.#instrument;
    this.#instrument = undefined;
    this.#macros?.close();
    this.#macros = undefined;
    if (instrument) {
      Object.assign(this.#settings, { x: instrument.x, y: instrument.y });
      this.#initialPatch = instrument.ownPatch ?? this.#initialPatch;
      instrument.dispose();
      instrument.free();
    }
    this.#output?.disconnect();
    this.#output = null;
    if (this.#context && returnContext(this.#context) && this.#context === this.#givenContext)
      this.#givenContext = null;
    this.#context = null;
    const { hold, note, layer } = this.#settings;
    this.#status.mark('playing', false);
    this.#status.change({ state: 'loading', sounding: false, hold, note, layer });
  }

  #restart() {
    if (!this.#start) return;
    keepContext(this.#givenContext, () => {
      this.#end();
      this.#begin();
    });
  }

  /** @param {string} sentence */
  #fail(sentence) {
    showTrouble(this.#root, sentence, () => this.#restart());
    this.#status.change({ state: 'error' });
    this.#dispatch('error', sentence);
  }

  // ---- Between the page and the instrument ----

  /** Sets what the page set before the pad loaded: the page cannot catch an exception. @param {() => void} set */
  #report(set) {
    try {
      set();
    } catch (error) {
      this.#dispatch('error', error instanceof Error ? error.message : String(error));
    }
  }

  /** @param {keyof typeof TAKEN} name @param {unknown} value */
  #apply(name, value) {
    const settings = { [name]: TAKEN[name](value) };
    Object.assign(this.#settings, settings);
    if (this.#instrument) Object.assign(this.#instrument, settings);
  }

  /** @param {number} x @param {number} y */
  #goTo(x, y) {
    const clamped = [x, y].map(value => Math.min(4, Math.max(-4, Number(value) || 0)));
    // As in an instrument, a patch that was set ends where the point moves.
    if (!this.#instrument && (isOther(clamped[0], this.#settings.x) || isOther(clamped[1], this.#settings.y)))
      this.#initialPatch = undefined;
    [this.#settings.x, this.#settings.y] = clamped;
    this.#instrument?.goTo(clamped[0], clamped[1]);
  }

  /** Handles an event of crate/page/app/src/views/element/face.rs. @param {string} kind @param {any} detail */
  #dispatch(kind, detail) {
    const eventOptions = { bubbles: true, composed: true };
    if (kind === 'state') {
      const { hold, note, layer } = detail;
      Object.assign(this.#settings, { hold, note, layer });
      this.#status.change(detail);
    } else if (kind === 'playing') {
      this.#status.mark('playing', detail);
    } else if (kind === 'view') {
      this.#overlay?.setView(detail);
    } else if (kind === 'patch') {
      // Elsewhere another patch sounds.
      if (this.#point !== this.#patchPoint) this.#initialPatch = undefined;
      else if (detail.values) this.#playPatch();
      this.#overlay?.setPoint(detail);
      this.dispatchEvent(new CustomEvent('patchchange', { detail, ...eventOptions }));
    } else if (kind === 'error') {
      this.dispatchEvent(new ErrorEvent('error', { message: detail, ...eventOptions }));
    }
  }
}
