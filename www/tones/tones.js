// An instrument of recorded tones: what the page shows of it beside the map. Loaded with the first one that a person chooses. The
// sliders move its tones along the axes that the map does not have; what only amSynth has is hidden, by tones.css.
import { presses } from '../between/presses.js';
import { LiveSound } from './live.js';
import { build as buildElements } from './markup.js';
import { changeText, placeText, say } from './words.js';

/** @typedef {import('../app.js').MatchPort} MatchPort */
/** @typedef {import('../app.js').PathPort} PathPort */

/** Two taps within this time are a double-click, in milliseconds. */
const DOUBLE_MS = 350;
/** The axes that the map shows; the sliders have the others. */
const MAP_AXES = 2;

/** The page's texts about presets that are about tones here: an element, its attribute, and the text. @type {[string, string | undefined, Parameters<typeof say>[0]][]} */
const TEXTS = [
  ['[data-word=as_dots]', undefined, 'dots'],
  ['[data-word=snap]', undefined, 'snap'],
  ['[data-word=find_hint]', undefined, 'find_hint'],
  ['[data-word=about_files]', undefined, 'files'],
  // Not the status of a MIDI device.
  ['.midi:has(> #midi-more[hidden]) > #midi-status', undefined, 'midi'],
  ['#find', 'placeholder', 'find'],
  ['#find', 'aria-label', 'find'],
];

/** The instrument whose tones are amSynth's presets, by its word in the chooser, and its own texts. @type {[string, Partial<Record<Parameters<typeof say>[0], Parameters<typeof say>[0]>>]} */
const [PRESETS, OF_PRESETS] = ['amsynth', { about: 'about_presets', find_hint: 'find_hint_presets' }];

/** What the sliders of each instrument change, from build/axes.mjs. @type {[string, boolean][][][]} */
const AXIS_SCALES = /** @type {any} */ (self).__AXIS_SCALES__;

const sheet = new CSSStyleSheet();
// build/on-demand.mjs puts tones.css here.
sheet.replaceSync(/** @type {any} */ (self).__STYLES__);

class Tones {
  #port;
  #sound;
  /** “From sounds…”, once it is loaded. @type {typeof import('../tone-sounds/tone-sounds.js') | undefined} */
  #sounds;
  #elements;
  #live;
  #chooser = /** @type {HTMLSelectElement} */ (document.querySelector('#instrument'));
  /** What stands in the page for amSynth, by the elements of `TEXTS`. @type {string[]} */
  #texts = [];
  /** The instrument that is shown. */
  #shown = 0;

  /** @param {Element} place @param {MatchPort} sound @param {PathPort} port */
  constructor(place, sound, port) {
    this.#port = port;
    this.#sound = sound;
    this.#elements = buildElements(place, port.tones().length - 1);
    const { sliders, find } = this.#elements;
    find('back').addEventListener('click', () => {
      this.#chooser.selectedIndex = 0;
      this.#chooser.dispatchEvent(new Event('change'));
      // The pressed button is gone. Who pressed it by mouse or finger plays by the space then.
      if (document.documentElement.dataset.gesture === 'keydown') this.#chooser.focus({ preventScroll: true });
    });
    find('reset').addEventListener('click', () => this.#moveAtOnce(sliders.map(() => 0)));
    find('sounds').addEventListener('click', () => this.#openSounds());
    sliders.forEach((slider, axis) => this.#follow(slider, axis));
    // Sounds are dropped on the page.
    place.addEventListener('take', async event => {
      await this.#openSounds();
      /** @type {Event & { files: File[] }} */ (event).files.forEach((file, place) => this.#sounds?.take(place, file));
    });
    this.#live = new LiveSound(port);
    this.#texts = TEXTS.map(([selector, attribute]) => this.#text(selector, attribute));
    new MutationObserver(() => this.show()).observe(document.documentElement, { attributeFilter: ['data-instrument'] });
  }

  /** @param {HTMLInputElement} slider @param {number} axis */
  #follow(slider, axis) {
    const toMiddle = () => this.#moveAtOnce(this.#places().with(axis, 0));
    let tapped_ms = -DOUBLE_MS;
    slider.addEventListener('input', () => this.#move(this.#places()));
    slider.addEventListener('dblclick', toMiddle);
    /** @type {number | undefined} the pointer that presses it */
    let pointer;
    slider.addEventListener('pointerdown', event => {
      if (pointer !== undefined || !presses(event)) return;
      pointer = event.pointerId;
      this.#port.hold(true);
    });
    const release = () => {
      if (pointer !== undefined) this.#port.hold(false);
      pointer = undefined;
    };
    for (const end of /** @type {const} */ (['pointerup', 'pointercancel', 'lostpointercapture'])) {
      slider.addEventListener(end, ({ pointerId }) => pointerId === pointer && release());
    }
    slider.addEventListener('blur', release);
    // The next drag is another step of undo.
    slider.addEventListener('change', () => this.#port.finish());
    // A finger's two taps are no double-click in every browser. The slider takes the tap itself first.
    slider.addEventListener('pointerup', ({ pointerType, timeStamp }) => {
      if (pointerType === 'touch' && timeStamp - tapped_ms < DOUBLE_MS) requestAnimationFrame(toMiddle);
      tapped_ms = timeStamp;
    });
  }

  #places() {
    return this.#elements.sliders.map(slider => Number(slider.value));
  }

  /** @param {number[]} places */
  #move(places) {
    this.#port.offsetTones(Float32Array.from(places));
    this.#show(places);
  }

  /** A step of undo of its own. @param {number[]} places */
  #moveAtOnce(places) {
    this.#port.finish();
    this.#move(places);
    this.#port.finish();
  }

  /** @param {number[]} places */
  #show(places) {
    const { sliders, outputs, find } = this.#elements;
    places.forEach((value, axis) => {
      const slider = sliders[axis], text = placeText(value);
      slider.value = String(value);
      slider.style.setProperty('--level', `${50 + 50 * value}%`);
      slider.setAttribute('aria-valuetext', text);
      outputs[axis].textContent = text;
    });
    find('reset').setAttribute('aria-disabled', String(places.every(value => value === 0)));
  }

  /** @param {string} selector @param {string | undefined} attribute @param {string} [text] to write */
  #text(selector, attribute, text) {
    const element = document.querySelector(selector);
    const before = (attribute ? element?.getAttribute(attribute) : element?.textContent) ?? '';
    if (!element || text === undefined) return before;
    if (attribute) element.setAttribute(attribute, text);
    else element.textContent = text;
    return before;
  }

  async #openSounds() {
    const { find } = this.#elements, status = find('status');
    status.textContent = '';
    try {
      this.#sounds ??= await import(this.#sound.address('tone-sounds.js'));
      this.#port.openSheet();
      this.#sounds?.build(find('place'), this.#sound, find('sounds'));
    } catch {
      status.textContent = say('lost');
    }
  }

  /** Shows the instrument that plays. */
  show() {
    const [instrument, ...places] = this.#port.tones();
    if (instrument) this.#show(places);
    // Only the axes may have changed: by undo, or by a landmark.
    if (instrument === this.#shown) return;
    this.#live.end();
    const { text: name, dataset } = this.#chooser.options[instrument];
    const own = (/** @type {Parameters<typeof say>[0]} */ key) => say((dataset.word === PRESETS && OF_PRESETS[key]) || key, { name });
    TEXTS.forEach(([selector, attribute, key], at) => this.#text(selector, attribute, instrument ? own(key) : this.#texts[at]));
    this.#shown = instrument;
    if (!instrument) return this.#sounds?.close();
    this.#elements.labels.forEach((label, axis) => { label.textContent = changeText(AXIS_SCALES[instrument - 1][axis], MAP_AXES + 1 + axis); });
    this.#elements.find('about').textContent = own('about');
    this.#sounds?.follow();
  }
}

/** @type {Tones | undefined} */
let tones;

/** Builds it inside the page's element, once. @param {Element} place @param {MatchPort} sound @param {PathPort} port */
export function build(place, sound, port) {
  if (tones) return;
  document.adoptedStyleSheets.push(sheet);
  tones = new Tones(place, sound, port);
}
