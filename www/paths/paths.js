// The editor of paths: lanes over time, the plane of four, and paths that follow a curve. Loaded on demand, with its wasm module
// (crate/wasm/path_editor), which computes. The page's program keeps, undoes and plays the paths.
import load, { PathEditor, PathMixer } from '../path_editor.js';
import { Curve } from './curve.js';
import { Dock } from './dock.js';
import { Fields } from './fields.js';
import { Four } from './four.js';
import { Lanes, NOTES } from './lanes.js';
import { build as buildElements, WAYS } from './markup.js';
import { Operators } from './operators.js';
import { readPath } from './path-file.js';
import { Store } from './store.js';
import { numberText, refusal, say } from './words.js';

/** @typedef {import('../app.js').MatchPort} MatchPort */
/** @typedef {import('../app.js').PathPort} PathPort */
/** @typedef {ReturnType<typeof import('../path-files/path-files.js').build>} PathFiles */

const MODULE = 'path_editor_bg.wasm', FILES = 'path-files.js';
/** While something moves, a path of more steps than this sounds when the finger lifts: its text takes longer than a frame. */
const LIVE_STEPS = 3000;
/** No more often than this, in milliseconds. */
const PAUSE_MS = 50;
/** What the fragment of a link to a path begins with: `path::link::LINK_PREFIX`. */
const LINK = '#path=';

const sheet = new CSSStyleSheet();
// build/paths.mjs puts paths.css here.
sheet.replaceSync(/** @type {any} */ (self).__STYLES__);

class PathsPage {
  #port;
  #elements;
  #store;
  #dock;
  #lanes;
  #operators;
  /** @type {Fields | undefined} */
  #fields;
  #four;
  #curve;
  /** @type {PathEditor | undefined} */
  #editor;
  #number = 0;
  #finger = 0;
  /** @type {typeof WAYS[number]} */
  #way = 'lanes';
  #last_ms = 0;
  /** Whether the path has changed since the page got it. */
  #is_changed = false;
  #opener;
  /** Whether the panel is seen: to ask in each frame would cost a layout. */
  #is_seen = false;
  #paths;
  /** @type {Promise<PathFiles> | undefined} what writes and reads files other than path files */
  #filer;

  /** @param {Element} place @param {MatchPort} port @param {PathPort} paths */
  constructor(place, port, paths) {
    [this.#port, this.#paths] = [port, paths];
    this.#store = new Store(paths);
    this.#elements = buildElements(place);
    const { area, find } = this.#elements;
    this.#opener = /** @type {HTMLElement} */ (place.querySelector('#path-open'));
    this.#dock = new Dock(area, find('way-lanes'));
    this.#lanes = new Lanes(find('lanes'), {
      begin: () => this.#operators?.commit(), change: () => this.#change(), done: () => this.#done(), chosen: () => this.#showLane(), point: () => this.#showPoint(),
    });
    this.#operators = new Operators(find('way-lanes'), this.#lanes, {
      editor: () => this.#editor,
      points: () => this.#presets(),
      others: () => this.#store.loops.filter(({ number }) => number !== this.#number).map(own => ({ number: own.number, name: this.#store.name(own) })),
      text: number => this.#store.text(number),
      change: () => this.#change(),
      done: () => this.#done(),
    });
    this.#fields = new Fields(find, this.#lanes, () => this.#done(), sentence => this.#say(sentence));
    this.#four = new Four(find, this.#store, new PathMixer(), sentence => this.#say(sentence));
    this.#curve = new Curve(find, this.#store, [port, paths], sentence => this.#say(sentence), number => {
      this.#store.toggle(number);
      this.#update(false);
    });
    /** @param {string} id @param {() => void} act */
    const press = (id, act) => find(id).addEventListener('click', act);
    press('close', () => this.#setOpen(false));
    press('play', () => { if (this.#number) this.#store.toggle(this.#number); });
    press('first', () => this.#begin());
    press('in', () => this.#lanes.timeline.zoom(0.5));
    press('out', () => this.#lanes.timeline.zoom(2));
    press('earlier', () => this.#lanes.timeline.scroll(-0.5));
    press('later', () => this.#lanes.timeline.scroll(0.5));
    press('note-add', () => this.#lanes.notes.add());
    press('note-delete', () => this.#lanes.notes.delete());
    press('save', () => this.#files().then(files => this.#toggleFiles(files), () => this.#say(say('lost_files'))));
    press('link', () => this.#copyLink());
    const chooser = /** @type {HTMLInputElement} */ (find('file'));
    press('open-file', () => chooser.click());
    chooser.addEventListener('change', () => {
      this.#open([...chooser.files ?? []]).finally(() => { chooser.value = ''; });
    });
    for (const button of area.querySelectorAll('[data-way]')) {
      button.addEventListener('click', () => this.#setWay(/** @type {typeof WAYS[number]} */ (button.getAttribute('data-way'))));
    }
    /** @param {string} id @param {(text: string) => void} act */
    const change = (id, act) => find(id).addEventListener('change', ({ target }) => act(/** @type {HTMLInputElement} */ (target).value));
    change('chosen', text => this.#choose(Number(text), 0));
    change('finger', text => this.#choose(this.#number, Number(text)));
    change('name', text => {
      this.#editor?.rename(text);
      this.#change();
      this.#done();
    });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
      this.#four.show();
      this.#curve.show();
    });
    new ResizeObserver(([{ contentRect }]) => { this.#is_seen = contentRect.width > 0; }).observe(area);
    this.#setWay('lanes');
    this.#setOpen(true);
  }

  /** @param {boolean} open */
  #setOpen(open) {
    const { area, find } = this.#elements;
    area.hidden = !open;
    this.#opener.hidden = open;
    (open ? find('close') : this.#opener).focus({ preventScroll: true });
    this.#say('');
    if (!open) {
      for (const way of [this.#curve, this.#four]) way.letGo();
      return this.#dock.show(false);
    }
    this.#update(true);
    this.#dock.reveal();
    const frame = () => {
      if (area.hidden) return;
      this.#frame();
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  /** Shows the editor again, and adds the paths of files. @param {File[]} files */
  async open(files) {
    if (this.#elements.area.hidden) this.#setOpen(true);
    this.#openLink();
    if (files.length > 0) this.#setWay('lanes');
    await this.#open(files);
  }

  /** @param {string} sentence */
  #say(sentence) {
    const { status } = this.#elements;
    status.textContent = sentence;
    if (sentence) status.scrollIntoView({ block: 'nearest' });
  }

  #frame() {
    // Nothing is computed for a panel that nobody sees.
    if (!this.#is_seen) return;
    if (this.#store.refresh()) this.#update(false);
    const { find } = this.#elements;
    const [plays, button] = [this.#store.plays(this.#number), find('play')];
    if (button.getAttribute('aria-pressed') !== String(plays) || !button.hasAttribute('aria-label')) this.#showPlay();
    if (this.#way === 'curve') this.#curve.frame();
    if (this.#way === 'lanes') this.#lanes.frame(this.#store.time_s(this.#number));
  }

  #showPlay() {
    const [own, plays, button] = [this.#store.get(this.#number), this.#store.plays(this.#number), this.#elements.find('play')];
    button.setAttribute('aria-pressed', String(plays));
    button.setAttribute('aria-label', say('play', { name: own ? this.#store.name(own) : '' }));
    button.querySelector('use')?.setAttribute('href', plays ? '#icon-pause' : '#icon-play');
  }

  /** Someone else has changed the loops: undo, a recording, a deletion. @param {boolean} isFirst */
  #update(isFirst) {
    if (isFirst) this.#store.refresh();
    const { loops } = this.#store;
    const isThere = loops.some(({ number }) => number === this.#number);
    const last = loops[loops.length - 1]?.number ?? 0;
    this.#choose(isThere ? this.#number : last, isThere ? this.#finger : 0);
    this.#four.update(this.#way === 'four');
    this.#curve.update();
  }

  /** @param {number} number @param {number} finger */
  #choose(number, finger) {
    const { find } = this.#elements;
    const isOther = number !== this.#number || finger !== this.#finger;
    // What the open operator has made of the last one is an undo step.
    if (isOther) this.#store.finish();
    [this.#number, this.#finger] = [number, finger];
    const own = this.#store.get(number);
    this.#editor?.free();
    try {
      this.#editor = own ? new PathEditor(JSON.stringify(own), finger) : undefined;
    } catch (error) {
      this.#editor = undefined;
      this.#say(refusal(error, { name: own ? this.#store.name(own) : '' }));
    }
    this.#is_changed = false;
    find('none').hidden = this.#store.loops.length > 0;
    find('chooser').hidden = !own;
    this.#elements.area.querySelectorAll('.path-ways, .path-files').forEach(part => { /** @type {HTMLElement} */ (part).classList.toggle('is-empty', !own); });
    this.#showWay();
    this.#showNames();
    if (!own || !this.#editor) return this.#lanes.close();
    const menu = /** @type {HTMLSelectElement} */ (find('finger'));
    menu.replaceChildren(...own.fingers.map((_, index) => new Option(say('finger_number', { number: index + 1 }), String(index))));
    menu.value = String(finger);
    find('finger-row').hidden = own.fingers.length < 2;
    this.#lanes.open(this.#editor, isOther);
    this.#operators.restart();
  }

  #showNames() {
    const { find } = this.#elements;
    const menu = /** @type {HTMLSelectElement} */ (find('chosen'));
    menu.replaceChildren(...this.#store.loops.map(own => {
      const parts = [this.#store.name(own), say('seconds', { seconds: numberText(own.length_s, 1) }), this.#store.madeOn(own)];
      return new Option(parts.filter(part => part).join(' · '), String(own.number));
    }));
    menu.value = String(this.#number);
    const own = this.#store.get(this.#number);
    const name = /** @type {HTMLInputElement} */ (find('name'));
    if (document.activeElement !== name) name.value = own?.name ?? '';
    this.#showPlay();
  }

  #showWay() {
    const { area, find } = this.#elements;
    for (const way of /** @type {const} */ (['four', 'curve'])) find(`way-${way}`).hidden = way !== this.#way;
    this.#dock.show(!area.hidden && this.#way === 'lanes' && this.#store.get(this.#number) !== undefined);
  }

  /** @param {typeof WAYS[number]} way */
  #setWay(way) {
    this.#way = way;
    for (const button of this.#elements.area.querySelectorAll('[data-way]')) button.setAttribute('aria-pressed', String(button.getAttribute('data-way') === way));
    this.#showWay();
    if (way === 'four') this.#four.update();
    if (way === 'curve') this.#curve.open();
    this.#lanes.show();
  }

  // ---- Changes ----

  /** The path has changed: it sounds at once if it is short. */
  #change() {
    this.#is_changed = true;
    this.#lanes.show();
    const now_ms = performance.now();
    if (!this.#editor || this.#editor.steps() > LIVE_STEPS || now_ms - this.#last_ms < PAUSE_MS) return;
    this.#last_ms = now_ms;
    this.#put();
  }

  #put() {
    if (this.#editor && this.#store.put(this.#editor.page_loop()) !== 0) this.#is_changed = false;
  }

  /** A change is over: one undo step, or a part of the open operator's. */
  #done() {
    if (!this.#editor) return;
    if (this.#is_changed) this.#put();
    this.#lanes.timeline.open(false);
    if (!this.#operators.isOpen) {
      this.#store.finish();
      this.#editor.keep();
    }
    this.#showNames();
    if (this.#way === 'four') this.#four.update();
  }

  /** Adds a straight path across the middle, which plays one note. */
  #begin() {
    const file = { format: 'latent-pad path', version: 1, name: '', rate_hz: 100, loop: true, lanes: { x: Array(401).fill(0), y: Array(401).fill(0) }, notes: [] };
    file.lanes.x = file.lanes.x.map((_, step) => Math.round((step / 100 - 2) * 1e4) / 1e4);
    this.#add(PathEditor.import(JSON.stringify(file)));
    this.#dock.reveal();
    /** @type {HTMLElement | null} */ (this.#elements.find('lanes').querySelector('.path-lane-name'))?.focus({ preventScroll: true });
  }

  /** Adds a loop and shows it; returns whether there was room. @param {string} text */
  #add(text) {
    this.#store.finish();
    const number = this.#store.put(text);
    this.#store.finish();
    this.#say(number === 0 ? say('no_room') : '');
    if (number !== 0) this.#choose(number, 0);
    if (this.#way === 'four') this.#four.update();
    return number !== 0;
  }

  /** The points of the known patches: x and y of each; none before the map is loaded. */
  #presets() {
    const sounds = this.#paths.sounds() ?? new Float32Array(2), count = sounds[0];
    return Float32Array.from({ length: 2 * count }, (_, at) => sounds[2 + (at >> 1) + (at % 2) * count]);
  }

  // ---- Links and files ----

  /** Copies a link that adds this loop to another page. */
  async #copyLink() {
    const own = this.#store.get(this.#number);
    if (!own) return;
    const fragment = PathEditor.link(JSON.stringify(own));
    if (!fragment) return this.#say(say('link_long', { name: this.#store.name(own) }));
    const isCopied = await navigator.clipboard?.writeText(this.#paths.link(fragment)).then(() => true, () => false);
    if (!isCopied) history.replaceState(history.state, '', `#${fragment}`);
    this.#say(say(isCopied ? 'link_copied' : 'link_shown', { name: this.#store.name(own) }));
  }

  /** Adds the loop of the link in the page's address, if there is one. */
  #openLink() {
    const { hash, pathname, search } = location;
    if (!hash.startsWith(LINK)) return;
    const own = PathEditor.of_link(hash);
    history.replaceState(history.state, '', pathname + search);
    if (own === 'damaged' || own === 'version') return this.#say(say(`link_${own}`));
    this.#setWay('lanes');
    if (this.#add(own)) this.#store.chooseInstrument(JSON.parse(own));
    // Once there is room, the link opens.
    else history.replaceState(history.state, '', hash);
  }

  /** Loads what writes and reads other files. @returns {Promise<PathFiles>} */
  #files() {
    this.#filer ??= import(this.#port.address(FILES)).then(script => script.build(this.#elements.find('save'), this.#port, this.#paths, () => this.#saved(), (/** @type {string} */ sentence) => this.#say(sentence)));
    this.#filer.catch(() => { this.#filer = undefined; });
    return this.#filer;
  }

  /** Shows the list of files, or hides it. @param {PathFiles} files */
  #toggleFiles(files) {
    files.toggle();
    // It is the last part of the panel, below its edge.
    this.#elements.area.querySelector('#path-saves')?.scrollIntoView({ block: 'nearest' });
  }

  /** The path as it is saved. */
  #saved() {
    const own = this.#store.get(this.#number);
    if (!own || !this.#editor) return undefined;
    const name = this.#store.name(own);
    return { name, stem: name.replace(/[^\p{L}\p{N} _-]+/gu, '').trim() || 'path', text: this.#editor.file() };
  }

  /** Adds the paths of files, and says at the end what could not be added. @param {File[]} files */
  async #open(files) {
    const said = new Set();
    for (const file of files) said.add(await readPath(file, () => this.#files()).then(text => this.#add(text) ? '' : say('no_room'), sentence => sentence));
    if (files.length > 0) this.#say([...said].join(' ').trim());
  }

  // ---- The chosen lane ----

  #showLane() {
    const { find } = this.#elements;
    if (!this.#operators) return;
    find('point-row').hidden = this.#lanes.chosen === NOTES;
    find('note-row').hidden = this.#lanes.chosen !== NOTES;
    this.#operators.restart();
    this.#editor?.keep();
    this.#showPoint();
  }

  #showPoint() {
    if (!this.#operators) return;
    this.#operators.write();
    this.#fields?.show();
  }
}

/** @type {Promise<PathsPage> | undefined} */
let page;

/**
 * Shows the editor in its place; the page's program calls this whenever a person opens it.
 * @param {Element} place @param {MatchPort} port @param {PathPort} paths
 */
export async function build(place, port, paths) {
  page ??= start(place, port, paths).catch(() => {
    page = undefined;
    const status = place.querySelector('#path-status');
    if (status) status.textContent = say('lost');
    return /** @type {any} */ (undefined);
  });
  (await page)?.open(paths.files());
}

/** @param {Element} place @param {MatchPort} port @param {PathPort} paths */
async function start(place, port, paths) {
  const answer = await fetch(port.address(MODULE));
  if (!answer.ok) throw new Error(MODULE);
  await load({ module_or_path: await answer.arrayBuffer() });
  document.adoptedStyleSheets.push(sheet);
  return new PathsPage(place, port, paths);
}
