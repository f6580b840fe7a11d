// The codebook of Places: the known presets, or the recorded tones of the instrument that plays, and the points of the map, by
// what they sound like: in a picture whose dots can be heard, and a histogram that picks dots. Loaded on demand, with the wasm module that computes (crate/wasm/path_editor).
import { onSilencing } from '../live/silencing.js';
import load, { PageCodebook } from '../path_editor.js';
import { Bars } from './bars.js';
import { Cloud, isArrow } from './cloud.js';
import { Codes } from './codes.js';
import { KnownSounds } from './known-sounds.js';
import { build as buildElements, onSearch } from './markup.js';
import { counted, numberText, say } from './words.js';

/** @typedef {import('../app.js').MatchPort} MatchPort */
/** @typedef {import('../app.js').PathPort} PathPort */
/** @typedef {import('./known-sounds.js').Layer} Layer */

const MODULE = 'path_editor_bg.wasm';
/** What each known preset sounds like by itself. */
const MEASURED = 'preset_layers.bin';
/** How long each preset sounds when several are played in order, in milliseconds: long enough for a slow attack. */
const EACH_MS = 700;
/** No preset. */
const NO_ROW = 2 ** 32 - 1;
/** Points nearer than this are the same one, in latent units. */
const SAME = 1e-3;
/** Units that stand for themselves or are written in another way. */
const UNITS = /** @type {Record<string, string>} */ ({ points: '', likelihood: ' %' });

const sheet = new CSSStyleSheet();
// build/on-demand.mjs puts codebook.css here.
sheet.replaceSync(/** @type {any} */ (self).__STYLES__);

class CodebookView {
  #port;
  #elements;
  #panel;
  #cloud;
  #codes;
  #bars;
  /** @type {PageCodebook | undefined} */
  #book;
  #sounds;
  /** x and y of each dot on the plane. @type {Float32Array} */
  #points = new Float32Array();
  /** Why nothing can be shown; empty: all is well. */
  #lack = '';
  /** The value of the shown layer at each dot. @type {Float32Array} */
  #values = new Float32Array();
  /** The bar that each dot belongs to. @type {Uint8Array} */
  #barOf = new Uint8Array();
  /** The chosen dot; −1: none. */
  #chosen = -1;
  /** The current point, and whether its mark is where it belongs. @type {[number, number]} */
  #current = [0, 0];
  #isPlaced = false;
  #ratio = devicePixelRatio;
  #measured;
  /** The presets that still sound, in order; none: nothing is played. @type {number[]} */
  #queue = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #next;

  /** @param {Element} place @param {MatchPort} port @param {PathPort} codebook @param {Uint8Array} measured the bytes of that file */
  constructor(place, port, codebook, measured) {
    this.#port = codebook;
    this.#sounds = new KnownSounds(codebook);
    this.#measured = measured;
    this.#panel = /** @type {HTMLElement} */ (place.closest('.panel'));
    this.#elements = buildElements(place);
    const { find } = this.#elements, box = find('cloud');
    this.#cloud = new Cloud(box, port.palette());
    this.#codes = new Codes(find('codes'), find('codes-about'), () => this.#showLayer());
    this.#bars = new Bars(find('bars'), () => this.#pick());
    find('layer').addEventListener('change', () => this.#showLayer());
    find('play').addEventListener('click', () => (this.#next === undefined ? this.#playAll() : this.#stop()));
    find('clear').addEventListener('click', () => {
      this.#bars.clear();
      box.focus({ preventScroll: true }); // The pressed button is gone.
    });
    box.addEventListener('click', ({ clientX, clientY }) => {
      const { left, top } = box.getBoundingClientRect();
      const dot = this.#cloud.nearest(clientX - left, clientY - top);
      if (dot >= 0) this.#go(dot);
    });
    box.addEventListener('keydown', event => this.#key(event));
    new ResizeObserver(() => this.#resize()).observe(box);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#cloud.draw());
    onSearch(place, () => this.#setOpen(false));
    onSilencing(() => this.#stop());
    this.#elements.area.hidden = true;
  }

  /** Shows the codebook, if a person still waits for it. */
  open() {
    if (isWanted && this.#elements.area.hidden) this.#setOpen(true);
  }

  /** @param {boolean} open */
  #setOpen(open) {
    const { area, onMap, status } = this.#elements;
    area.hidden = !open;
    onMap.hidden = true;
    this.#stop();
    status.textContent = open ? this.#lack : '';
    this.#panel.classList.toggle('has-codebook', open);
    for (const [id, isShown] of /** @type {const} */ ([['find', !open], ['codebook', open]])) {
      this.#panel.querySelector(`#${id}-open`)?.setAttribute('aria-pressed', String(isShown));
    }
    const frame = () => {
      if (area.hidden) return;
      this.#frame();
      requestAnimationFrame(frame);
    };
    if (open) frame();
  }

  #frame() {
    const { area, onMap, find } = this.#elements;
    // Nothing is computed for a panel that nobody sees.
    if (area.offsetParent === null) {
      onMap.hidden = true;
      if (this.#next !== undefined) this.#stop();
      return;
    }
    const found = this.#sounds.look();
    if (found === 'others') this.#take();
    else if (found === 'no_map') this.#close(say('no_map'));
    if (!this.#book) return;
    if (this.#ratio !== devicePixelRatio) {
      this.#ratio = devicePixelRatio;
      this.#cloud.draw();
    }
    const [, middle, centre, right, down, x, y] = this.#port.now();
    if (!this.#isPlaced || this.#current[0] !== x || this.#current[1] !== y) {
      [this.#current, this.#isPlaced] = [[x, y], true];
      put(find('here'), this.#placeOf(x, y));
    }
    onMap.hidden = this.#chosen < 0;
    const [across, upward] = this.#point(this.#chosen);
    if (this.#chosen >= 0) put(onMap, [middle + across * right, centre - upward * down]);
  }

  /** Where the current point lies, in CSS pixels: on the dot of the preset that is there, else by the qualities of the map. @param {number} x @param {number} y */
  #placeOf(x, y) {
    for (let dot = 0; dot < this.#known; dot++) {
      if (Math.abs(this.#points[2 * dot] - x) + Math.abs(this.#points[2 * dot + 1] - y) < SAME) return this.#cloud.at(dot);
    }
    return this.#cloud.pixel(/** @type {PageCodebook} */ (this.#book).place(x, y));
  }

  // ---- What is shown ----

  /** Nothing can be shown. @param {string} why */
  #close(why) {
    this.#book?.free();
    this.#book = undefined;
    this.#stop();
    this.#chosen = -1;
    const { area, onMap, status } = this.#elements;
    area.classList.toggle('is-empty', why !== '');
    onMap.hidden = true;
    status.textContent = this.#lack = why;
  }

  /** Shows other presets or another map. */
  #take() {
    this.#close('');
    const { sounds, names } = this.#sounds;
    try {
      this.#book = new PageCodebook(sounds, this.#layers.map(({ unit }) => unit).join('\n'), names.join('\n'), this.#measured);
    } catch {
      return this.#close(say('few_scales'));
    }
    this.#points = this.#book.points();
    const { find } = this.#elements;
    this.#cloud.take(this.#book.places(), this.#known);
    this.#codes.take(this.#book);
    const menu = /** @type {HTMLSelectElement} */ (find('layer'));
    const before = menu.selectedOptions[0]?.text;
    const [heaviest] = this.#book.heaviest(0);
    menu.replaceChildren(...this.#layers.map(({ name }, layer) => new Option(name, String(layer), false, name === before || (before === undefined && layer === heaviest))));
    this.#showAxes();
    find('presets').textContent = say(this.#hasTones ? 'key_tones' : this.#book.is_measured() ? 'key_presets' : 'key_presets_by_map', { count: numberText(this.#known) });
    find('points').textContent = say('key_points', { count: numberText(this.#points.length / 2 - this.#known) });
    this.#choose(-1);
    this.#isPlaced = false;
    this.#showLayer();
    find('cloud').scrollIntoView({ block: 'nearest' });
  }

  #showAxes() {
    const { area, find } = this.#elements;
    for (const [axis, id, ends] of /** @type {const} */ ([[0, 'across', ['left', 'right']], [1, 'upward', ['', 'up']]])) {
      const book = /** @type {PageCodebook} */ (this.#book);
      const [one, weight, other, otherWeight] = book.heaviest(axis);
      const [first, second] = [this.#layers[one], this.#layers[other]];
      find(id).textContent = say(id, { one: first.name, other: second.name, percent: numberText(100 * book.share(axis)) });
      ends.forEach((end, isHigh) => {
        const word = (/** @type {Layer} */ layer, /** @type {number} */ weight) => (weight > 0 === isHigh > 0 ? layer.high : layer.low);
        const text = say('ends', { one: word(first, weight), other: word(second, otherWeight) });
        const label = area.querySelector(`[data-end="${end}"]`);
        if (label) label.textContent = { left: `← ${text}`, right: `${text} →`, up: `↑ ${text}` }[end || 'left'];
      });
    }
  }

  get #hasTones() {
    return this.#sounds.instrument !== 'amsynth';
  }

  get #known() {
    return this.#sounds.count;
  }

  get #layers() {
    return this.#sounds.layers;
  }

  get #layer() {
    return Number(/** @type {HTMLSelectElement} */ (this.#elements.find('layer')).value);
  }

  /** Another descriptor, or another number of bars. */
  #showLayer() {
    if (!this.#book) return;
    const [layer, room] = [this.#layer, this.#bars.room];
    const [least, greatest] = this.#book.range(layer);
    const { name, low, high } = this.#layers[layer];
    this.#values = this.#book.values(layer);
    this.#barOf = this.#book.bars(layer, room);
    this.#bars.show(name, this.#barOf.filter((_, dot) => this.#codes.has(dot)), room, [least, greatest], share => this.#cloud.color(share));
    const [from, to] = this.#elements.area.querySelectorAll('.code-scale span');
    from.textContent = `${low} ${this.#valueText(least)}`;
    to.textContent = `${high} ${this.#valueText(greatest)}`;
    this.#pick();
    this.#announce();
  }

  /** A value of the shown layer, with its unit. @param {number} value */
  #valueText(value) {
    const { unit } = this.#layers[this.#layer];
    return numberText(value) + (UNITS[unit] ?? ` ${unit}`);
  }

  /** Other bars are pressed. */
  #pick() {
    if (!this.#book) return;
    const [least, greatest] = this.#book.range(this.#layer);
    this.#cloud.show(this.#values.map(value => (value - least) / (greatest - least || 1)), this.#isPicked, dot => this.#codes.size(dot));
    const { find } = this.#elements;
    find('clear').hidden = !this.#bars.isPicking;
    this.#stop();
    const values = { layer: this.#layers[this.#layer].name, ranges: this.#bars.ranges, count: numberText(this.#bars.count), all: numberText(this.#bars.all) };
    find('picked').textContent = this.#bars.isPicking ? say('picked', values) : '';
  }

  #isPicked = (/** @type {number} */ dot) => this.#codes.has(dot) && this.#bars.has(this.#barOf[dot]);

  #resize() {
    if (!this.#book || this.#elements.area.offsetParent === null) return;
    this.#isPlaced = false;
    if (this.#bars.room !== this.#elements.find('bars').childElementCount) this.#showLayer();
    else this.#cloud.draw();
    this.#choose(this.#chosen);
  }

  // ---- A dot ----

  /** x and y of a dot on the plane. @param {number} dot */
  #point(dot) {
    return this.#points.slice(2 * dot, 2 * dot + 2);
  }

  /** @param {number} dot −1: none */
  #choose(dot) {
    this.#chosen = dot;
    const ring = this.#elements.find('ring');
    ring.hidden = dot < 0;
    if (dot >= 0) put(ring, this.#cloud.at(dot));
    this.#announce();
  }

  /** Says which dot is chosen. */
  #announce() {
    const dot = this.#chosen;
    const [x, y] = this.#point(dot);
    const values = { layer: this.#layers[this.#layer]?.name, value: dot < 0 ? '' : this.#valueText(this.#values[dot]) };
    const text = dot < 0 ? '' : dot < this.#known ? say('preset', { ...values, name: this.#sounds.names[dot].trim() || say('unnamed') }) : say('point', { ...values, x: numberText(x, 1), y: numberText(y, 1) });
    const line = this.#elements.find('chosen'), whole = this.#codes.text(dot, text);
    if (line.textContent !== whole) line.textContent = whole;
  }

  /** Goes to a dot and plays it. @param {number} dot */
  #go(dot) {
    this.#stop();
    this.#choose(dot);
    const [x, y] = this.#point(dot);
    this.#port.go(dot < this.#known ? dot : NO_ROW, x, y);
  }

  // ---- The picked presets, one after another ----

  /** The picked presets by the value of the layer, the least first. */
  #inOrder() {
    const picked = Array.from({ length: this.#known }, (_, dot) => dot).filter(this.#isPicked);
    return picked.sort((one, other) => this.#values[one] - this.#values[other]);
  }

  #playAll() {
    this.#queue = this.#inOrder();
    this.#playNext();
    this.#showPlay();
  }

  #playNext() {
    const dot = this.#queue.shift();
    if (dot === undefined || document.hidden) return this.#stop();
    this.#choose(dot);
    this.#port.audition(dot);
    // The last one sounds as long as the others.
    this.#next = setTimeout(() => (this.#queue.length > 0 ? this.#playNext() : this.#stop()), EACH_MS);
  }

  #stop() {
    if (this.#next !== undefined) this.#port.hush();
    clearTimeout(this.#next);
    [this.#queue, this.#next] = [[], undefined];
    this.#showPlay();
  }

  #showPlay() {
    const button = this.#elements.find('play');
    const count = this.#bars.isPicking ? this.#inOrder().length : 0;
    button.hidden = count === 0;
    button.textContent = this.#next === undefined ? counted(this.#hasTones ? 'play_tones' : 'play', count) : say('stop');
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (!this.#book || event.altKey || event.ctrlKey || event.metaKey) return;
    if (isArrow(event.key)) {
      const [left, top] = this.#placeOf(...this.#current);
      // The first press chooses the dot nearest to the current point.
      const isThere = this.#chosen >= 0 && this.#isPicked(this.#chosen);
      const dot = isThere ? this.#cloud.next(this.#chosen, event.key, event.shiftKey) : this.#cloud.nearest(left, top, Infinity);
      if (dot >= 0) this.#choose(dot);
    } else if (event.key === 'Enter') {
      if (this.#chosen >= 0) this.#go(this.#chosen);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}

/** Moves a mark. @param {HTMLElement} mark @param {number[]} at in CSS pixels */
function put(mark, [left, top]) {
  mark.style.transform = `translate(${left.toFixed(1)}px, ${top.toFixed(1)}px)`;
}

/** @type {Promise<CodebookView> | undefined} */
let view;
/** Whether a person waits for it, and has not turned to the search meanwhile. */
let isWanted = false;

/**
 * Shows the codebook in its place; the page's program calls this whenever a person opens it.
 * @param {Element} place @param {MatchPort} port @param {PathPort} codebook
 */
export async function build(place, port, codebook) {
  isWanted = true;
  view ??= start(place, port, codebook).catch(() => {
    view = undefined;
    const status = place.querySelector('#codebook-status');
    if (status) status.textContent = say('lost');
    return /** @type {any} */ (undefined);
  });
  (await view)?.open();
}

/** @param {Element} place @param {MatchPort} port @param {PathPort} codebook */
async function start(place, port, codebook) {
  onSearch(place, () => { isWanted = false; });
  const [program, measured] = await Promise.all([MODULE, MEASURED].map(async name => {
    const answer = await fetch(port.address(name));
    if (!answer.ok) throw new Error(name);
    return answer.arrayBuffer();
  }));
  await load({ module_or_path: program });
  document.adoptedStyleSheets.push(sheet);
  return new CodebookView(place, port, codebook, new Uint8Array(measured));
}
