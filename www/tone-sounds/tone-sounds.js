// “From sounds…” of an instrument of recorded tones: a sound with the timbre of the instrument, and sounds between two sounds.
// Loaded on demand. A worker computes (crate/wasm/tone_transforms); what is heard goes through the page's volume.
import { onSilencing } from '../live/silencing.js';
import { RATE_HZ } from '../match/decode.js';
import { LONGEST_S } from '../match/microphone.js';
import { levelled, Player } from '../panel/player.js';
import { DROPPED, recordShown } from '../match/recording.js';
import { saveFile } from '../match/save.js';
import { wavHead } from '../path-files/wav-head.js';
import { DrawnCurve } from './curve.js';
import { EXAMPLES } from './examples.js';
import { drawPoints } from './frame-map.js';
import { accept, afterRefusals, forget, give, readSound, refuse } from './given.js';
import { build as buildElements, PLACES, showPercent, WAYS } from './markup.js';
import { Transforms } from './transforms.js';
import { say } from './words.js';

/** @typedef {import('../app.js').PanelPort} PanelPort */

/** The name of the model of chords and noises, which no instrument plays: the last of the domains. */
const TEXTURES = 'textures';
/** What can be heard: A, B, the result. */
const RESULT = 2;
/** The most letters of a sound's name in that of a saved file. */
const NAME_LENGTH = 40;

const sheet = new CSSStyleSheet();
// build/match.mjs puts tone-sounds.css here.
sheet.replaceSync(/** @type {any} */ (self).__STYLES__);

const chooser = () => /** @type {HTMLSelectElement} */ (document.querySelector('#instrument'));
/** The domain that plays; −1: amSynth. */
const playing = () => chooser().selectedIndex - 1;

class ToneSounds {
  #port;
  #elements;
  #opener;
  #drawn;
  #transforms;
  #player;
  /** A and B, the result, each empty until there is one. */
  #sounds = /** @type {Float32Array[]} */ ([new Float32Array(), new Float32Array(), new Float32Array()]);
  /** Where the frames of the three lie. @type {Float32Array[]} */
  #points = [];
  #names = ['', ''];
  /** Counts the changes of A and B: a result of the sounds before is not wanted. */
  #changes = 0;
  /** The names of the domains' files. @type {string[]} */
  #files = [];
  #domain = 0;
  #heard = RESULT;
  /** Whether only the beginning of A and of B is used. */
  #isCut = [false, false];
  /** @type {typeof WAYS[number]} */
  #way = 'stays';
  #isAligned = false;
  #isPlaying = false;
  #isComputing = false;
  #isLate = false;
  /** Whether the next result is the first one of a new sound. */
  #isNew = false;
  /** The last press of Record, which may still wait. @type {AbortController | undefined} */
  #recording;
  /** Until the last recording has ended. @type {Promise<void> | undefined} */
  #recorded;
  /** The place that the chooser of files is for. */
  #chosen = 0;

  /** @param {Element} place @param {PanelPort} port @param {HTMLElement} opener */
  constructor(place, port, opener) {
    this.#port = port;
    this.#opener = opener;
    // The first one is amSynth, which is no domain.
    const options = [...chooser().options].slice(1);
    this.#files = [...options.map(option => option.dataset.word ?? ''), TEXTURES];
    this.#elements = buildElements(place, [...options.map(option => option.text), say('textures')]);
    this.#transforms = new Transforms(name => port.address(name));
    this.#drawn = new DrawnCurve(this.#elements.find('curve'), () => this.#compute());
    this.#player = new Player(() => port.volume(), () => this.#repeat());
    const { area, sounds, domains, sides, strength, share, ways, align, file, find } = this.#elements;
    for (const type of ['click', 'input']) area.addEventListener(type, forget, { capture: true });
    sounds.forEach((sound, at) => sound.querySelectorAll('button').forEach(button => button.addEventListener('click', () => this.#from(at, button))));
    file.addEventListener('change', () => {
      const [given] = file.files ?? [];
      // The same file can be chosen again.
      if (given) this.#read(this.#chosen, given, given.name).finally(() => { file.value = ''; });
    });
    domains.forEach((button, at) => button.addEventListener('click', () => {
      this.#domain = at;
      this.#compute();
    }));
    sides.forEach((button, at) => button.addEventListener('click', () => {
      this.#heard = at;
      this.#isPlaying = true;
      this.#play(true);
    }));
    for (const { slider } of [strength, share]) slider.addEventListener('input', () => this.#compute());
    ways.forEach((button, at) => button.addEventListener('click', () => {
      this.#way = WAYS[at];
      this.#compute();
    }));
    align.addEventListener('click', () => {
      this.#isAligned = !this.#isAligned;
      this.#compute();
    });
    find('play').addEventListener('click', () => {
      this.#isPlaying = !this.#isPlaying;
      if (this.#isPlaying) this.#play(false);
      else this.#stop();
    });
    find('save').addEventListener('click', () => this.#save());
    find('close').addEventListener('click', () => this.close());
    onSilencing(() => this.#stop());
    new ResizeObserver(() => this.#draw()).observe(this.#elements.map);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#draw());
  }

  /** Shows it, for the instrument that plays; a sound that is dropped while it is shown changes nothing that is chosen. */
  open() {
    const { area, domains } = this.#elements;
    if (!area.hidden) return area.scrollIntoView({ block: 'nearest' });
    area.hidden = false;
    this.#opener.hidden = true;
    const instrument = playing();
    if (domains[instrument]) this.#domain = instrument;
    this.#show();
    if (this.#sounds[0].length > 0) this.#compute();
    area.querySelector('button')?.focus({ preventScroll: true });
    area.scrollIntoView({ block: 'nearest' });
  }

  /** Another instrument plays. */
  follow() {
    if (this.#elements.area.hidden) return;
    const instrument = playing();
    if (instrument === this.#domain || !this.#elements.domains[instrument]) return;
    this.#domain = instrument;
    if (this.#sounds[0].length > 0) this.#compute();
    else this.#show();
  }

  /** Hides it; its sounds stay. */
  close() {
    const { area } = this.#elements;
    if (area.hidden) return;
    this.#recording?.abort(DROPPED);
    this.#stop();
    const hadFocus = area.contains(document.activeElement);
    area.hidden = true;
    this.#opener.hidden = false;
    if (hadFocus) this.#opener.focus({ preventScroll: true });
  }

  // ---- The sounds ----

  /** @param {number} place @param {HTMLElement} button */
  #from(place, button) {
    // What is said stands where it was pressed.
    this.#elements.sounds[place].append(this.#elements.find('level'), this.#elements.find('status'));
    this.#say('');
    if (button.dataset.from === 'microphone') return this.#record(place, button);
    if (button.dataset.from === 'file') {
      this.#chosen = place;
      return this.#elements.file.click();
    }
    // A file that is still read for it is not wanted.
    accept(place, give(place));
    if (button.dataset.from === 'nothing') this.#remove(place);
    else this.#take(place, EXAMPLES[place](), say(`name_${PLACES[place]}`));
  }

  /** @param {number} place @param {Blob | ArrayBuffer} file @param {string} name */
  async #read(place, file, name) {
    const number = give(place);
    this.#say(say('reading'));
    try {
      const { samples, isCut } = await readSound(file, name);
      if (accept(place, number)) this.#take(place, samples, name, isCut);
    } catch (sentence) {
      const isNews = refuse(place, number, String(sentence));
      if (isNews) this.#say(this.#isComputing ? say('computing') : '');
    }
  }

  /** Sound A, or for place 1 sound B, is this file. @param {number} place @param {File} file */
  take(place, file) {
    // The first file of those that are dropped.
    if (place === 0) forget();
    this.#read(place, file, file.name);
  }

  /** @param {number} place @param {Float32Array} samples @param {string} name @param {boolean} [isCut] whether the sound goes on after them */
  #take(place, samples, name, isCut = false) {
    this.#set(place, samples.slice(), name, isCut);
    this.#heard = RESULT;
    this.#isNew = true;
    if (this.#sounds[0].length > 0) return this.#compute();
    this.#show();
    this.#say(say('a_missing'));
  }

  /** @param {number} place @param {Float32Array} samples @param {string} name @param {boolean} isCut */
  #set(place, samples, name, isCut) {
    this.#sounds[place] = samples;
    this.#names[place] = name;
    this.#isCut[place] = isCut;
    // The result of the sounds before has not these names.
    this.#changes++;
    this.#sounds[RESULT] = new Float32Array();
    this.#transforms.setSound(place, samples);
  }

  /** Without A, B takes its place. @param {number} place */
  #remove(place) {
    this.#stop();
    if (place === 0) this.#set(0, this.#sounds[1], this.#names[1], this.#isCut[1]);
    this.#set(1, new Float32Array(), '', false);
    this.#heard = RESULT;
    if (this.#sounds[0].length > 0) this.#compute();
    this.#show();
    // The pressed button is gone.
    /** @type {HTMLElement | null} */ (this.#elements.sounds[place].querySelector('[data-from=file]'))?.focus({ preventScroll: true });
  }

  /** Begins to record, or ends the recording. @param {number} place @param {HTMLElement} button */
  async #record(place, button) {
    this.#recording?.abort();
    if (button.dataset.recording === 'true') return;
    const { signal } = this.#recording = new AbortController();
    await this.#recorded;
    if (signal.aborted) return;
    const context = this.#port.volume()?.context;
    if (!(context instanceof AudioContext)) return this.#say(say('no_sound'));
    this.#stop();
    let ended = () => {};
    this.#recorded = new Promise(resolve => { ended = resolve; });
    const shown = { button, text: /** @type {Element} */ (button.querySelector('span')), level: this.#elements.find('level') };
    try {
      const bytes = await recordShown(shown, context, signal, (...said) => this.#say(...said), say);
      this.#say('');
      if (bytes.byteLength > 0) await this.#read(place, bytes, say('recording_name'));
    } catch (sentence) {
      this.#say(String(sentence));
    } finally {
      ended();
    }
  }

  // ---- The result ----

  /** Where the result is between A and B, at equally many times. */
  #curve() {
    const share = Number(this.#elements.share.slider.value);
    const ways = { stays: [share], goes: [0, share], returns: [0, share, 0], drawn: this.#drawn.values };
    return Float32Array.from(ways[this.#way]);
  }

  /** Computes the result; while one is computed, only the last wish counts. */
  async #compute() {
    this.#show();
    this.#say(say('computing'));
    this.#isLate = this.#isComputing;
    if (this.#isComputing) return;
    this.#isComputing = true;
    do {
      this.#isLate = false;
      const { strength } = this.#elements, changes = this.#changes;
      const wish = { domain: this.#files[this.#domain], strength: Number(strength.slider.value), curve: this.#curve(), isAligned: this.#isAligned };
      try {
        const { samples, points } = await this.#transforms.compute(wish);
        if (changes !== this.#changes) continue;
        this.#sounds[RESULT] = samples;
        this.#points = points;
        if (!this.#isLate) this.#sayDone();
        this.#draw();
        if (this.#isPlaying && this.#heard === RESULT) this.#play(true);
      } catch (reason) {
        if (changes !== this.#changes) continue;
        // What was computed before is not what is chosen now.
        this.#sounds[RESULT] = new Float32Array();
        this.#say(say(reason === 'failed' ? 'failed' : 'lost'));
        if (this.#sounds[this.#heard].length === 0) this.#stop();
      }
    } while (this.#isLate);
    this.#isComputing = false;
    this.#show();
  }

  #draw() {
    const { map, dots } = this.#elements;
    if (map.clientWidth === 0 || this.#points.length === 0) return;
    // The legend has the colours of the theme.
    drawPoints(map, this.#points, dots.map(dot => getComputedStyle(dot).backgroundColor), getComputedStyle(map).borderColor);
  }

  #save() {
    const samples = this.#sounds[RESULT];
    if (samples.length === 0) return;
    const names = this.#names.filter(name => name !== '').map(name => name.replace(/\.\w+$/, '').slice(0, NAME_LENGTH));
    const file = `${[...new Set(names)].join(' – ').replace(/[\\/:*?"<>|]/g, ' ')}.wav`;
    saveFile(new Blob([wavHead(samples.length, 1, RATE_HZ), /** @type {Float32Array<ArrayBuffer>} */ (samples)], { type: 'audio/wav' }), file);
    this.#sayBelow(say('saved', { file }));
  }

  /** A result is there; that of a new sound and what plays it are shown, because they may be far below. */
  #sayDone() {
    const isNew = this.#isNew && !this.#isPlaying;
    this.#isNew = false;
    if (!isNew) return this.#say('');
    this.#sayBelow(say('done', { play: say('play') }));
    for (const id of ['play', 'status']) this.#elements.find(id).scrollIntoView({ block: 'nearest' });
  }

  /** Says what belongs to the result. @param {string} sentence */
  #sayBelow(sentence) {
    this.#elements.find('save').after(this.#elements.find('status'));
    this.#say(sentence);
  }

  // ---- What is heard ----

  /** @param {boolean} goesOn where what plays is now */
  #play(goesOn) {
    const context = this.#port.volume()?.context;
    if (!context) {
      this.#stop();
      return this.#say(say('no_sound'));
    }
    if (context instanceof AudioContext) context.resume().catch(() => {});
    this.#show();
    if (this.#sounds[this.#heard].length > 0) this.#player.play(levelled(this.#sounds[this.#heard]), goesOn);
  }

  /** What played has reached its end. */
  #repeat() {
    if (this.#isPlaying) this.#play(false);
  }

  #stop() {
    this.#isPlaying = false;
    this.#player.stop();
    this.#show();
  }

  /** Shows what is true now. */
  #show() {
    const { sounds, domains, sides, strength, share, ways, align, find } = this.#elements;
    const isTwo = this.#sounds[1].length > 0;
    sounds.forEach((sound, place) => {
      const shown = this.#names[place], name = /** @type {HTMLElement} */ (sound.querySelector('.tone-sound-name > span')), remove = /** @type {HTMLElement} */ (sound.querySelector('[data-from=nothing]'));
      name.title = name.textContent = this.#isCut[place] ? say('first_seconds', { name: shown, seconds: LONGEST_S }) : shown || say('none');
      remove.hidden = shown === '';
    });
    find('result').hidden = this.#sounds[0].length === 0;
    find('textures').hidden = this.#files[this.#domain] !== TEXTURES;
    strength.element.hidden = isTwo;
    find('options').hidden = sides[1].hidden = !isTwo;
    share.element.hidden = !isTwo || this.#way === 'drawn';
    find('curve').hidden = !isTwo || this.#way !== 'drawn';
    [strength, share].forEach(showPercent);
    domains.forEach((button, at) => button.setAttribute('aria-pressed', String(at === this.#domain)));
    ways.forEach((button, at) => button.setAttribute('aria-pressed', String(WAYS[at] === this.#way)));
    align.setAttribute('aria-pressed', String(this.#isAligned));
    sides.forEach((button, at) => button.setAttribute('aria-pressed', String(at === this.#heard)));
    find('play').setAttribute('aria-pressed', String(this.#isPlaying));
    find('save').setAttribute('aria-disabled', String(this.#sounds[RESULT].length === 0));
  }

  /** @param {string} sentence @param {'polite' | 'off'} spoken */
  #say(sentence, spoken = 'polite') {
    this.#elements.find('status').setAttribute('aria-live', spoken);
    this.#elements.find('status').textContent = afterRefusals(sentence);
  }
}

/** @type {ToneSounds | undefined} */
let sounds;

/** Builds it inside `place`, once, and shows it. @param {Element} place @param {PanelPort} port @param {HTMLElement} opener the button that did it */
export function build(place, port, opener) {
  if (!sounds) {
    document.adoptedStyleSheets.push(sheet);
    sounds = new ToneSounds(place, port, opener);
  }
  sounds.open();
}

/** Another instrument of tones plays. */
export const follow = () => sounds?.follow();

/** Dropped files become sound A and sound B. @param {number} place @param {File} file */
export const take = (place, file) => sounds?.take(place, file);

/** Hides it, if it is shown. */
export const close = () => sounds?.close();
