// The lane of notes: each note is a button that is dragged, lengthened at its end, and moved by keys.
import { presses } from '../between/presses.js';
import { drag } from './drag.js';
import { keyName, say, secondsText } from './words.js';

/** @typedef {import('../path_editor.js').PathEditor} PathEditor */
/** @typedef {{ start_s: number, length_s: number, key: number, velocity: number }} PathNote key −1: the key that the page plays */

/** How many numbers describe a note. */
const NUMBERS = 4;
/** More visible notes than this are not shown one by one. */
const MOST = 80;
/** The shortest note, in seconds. */
const SHORTEST_S = 0.02;
/** The part of a note at its right edge that lengthens it, in CSS pixels. */
const END_PX = 14;

export class NoteLane {
  #box;
  #timeline;
  #lane;
  /** @type {PathEditor | undefined} */
  #editor;
  /** @type {Map<number, HTMLButtonElement>} the shown notes by their position */
  #buttons = new Map();
  #chosen = 0;
  #many = document.createElement('span');
  /** What is shown. */
  #shown = '';

  /**
   * @param {HTMLElement} box
   * @param {import('./timeline.js').Timeline} timeline
   * @param {{ begin: () => void, change: () => void, done: () => void, choose: () => void, point: () => void }} lane
   */
  constructor(box, timeline, lane) {
    this.#box = box;
    this.#timeline = timeline;
    this.#lane = lane;
    this.#many.className = 'hint path-many';
    box.append(this.#many);
    box.addEventListener('pointerdown', event => this.#press(event));
    box.addEventListener('keydown', event => this.#key(event));
    box.addEventListener('focusin', ({ target }) => {
      // Who only passes by with the keyboard chooses no other lane.
      for (const [index, button] of this.#buttons) if (button === target) this.#chosen = index;
    });
  }

  /** @returns {PathNote[]} */
  #read() {
    const numbers = this.#editor?.notes() ?? new Float64Array();
    return Array.from({ length: numbers.length / NUMBERS }, (_, index) => {
      const [start_s, length_s, key, velocity] = numbers.subarray(NUMBERS * index);
      return { start_s, length_s, key, velocity };
    });
  }

  /** @param {PathNote[]} notes */
  #write(notes) {
    this.#lane.begin();
    this.#editor?.set_notes(Float64Array.from(notes.flatMap(({ start_s, length_s, key, velocity }) => [start_s, length_s, key, velocity])));
    this.#lane.change();
  }

  /** The chosen note. */
  get chosen() {
    return this.#read()[this.#chosen];
  }

  /** Whether the chosen note is the last one, which stays. */
  get isOnly() {
    return this.#read().length < 2;
  }

  /** Where the chosen note has room: from the end of the one before it to the start of the next one. @returns {[number, number]} */
  get #room() {
    const notes = this.#read();
    const before = notes[this.#chosen - 1];
    const end_s = this.#editor?.length_s() ?? 1;
    return [before ? before.start_s + before.length_s : 0, notes[this.#chosen + 1]?.start_s ?? end_s];
  }

  /** Changes the chosen note, which stays between its neighbours: one finger plays one note at a time. @param {Partial<PathNote>} change */
  change(change) {
    const notes = this.#read();
    const note = notes[this.#chosen];
    if (!note) return;
    const [from_s, to_s] = this.#room;
    const changed = { ...note, ...change };
    if ('start_s' in change) changed.start_s = Math.max(Math.min(changed.start_s, to_s - note.length_s), from_s);
    if ('length_s' in change) changed.length_s = Math.max(changed.length_s, SHORTEST_S);
    // A chord of a file overlaps its neighbours, and may: another key makes it no shorter.
    if ('start_s' in change || 'length_s' in change) changed.length_s = Math.max(Math.min(changed.length_s, to_s - changed.start_s), 0) || Math.min(changed.length_s, SHORTEST_S);
    notes[this.#chosen] = changed;
    this.#write(notes);
  }

  /** Adds a note after the chosen one. */
  add() {
    const notes = this.#read();
    const last = notes[this.#chosen];
    if (!last) return;
    const to_s = this.#room[1];
    let start_s = last.start_s + last.length_s;
    if (start_s > to_s - 2 * SHORTEST_S) {
      // No room behind it: it is divided.
      start_s = last.start_s + last.length_s / 2;
      last.length_s /= 2;
    }
    notes.push({ ...last, start_s, length_s: Math.min(last.length_s, to_s - start_s) });
    this.#write(notes);
    this.#chosen++;
    this.#lane.done();
  }

  /** Deletes the chosen note; the last one stays. */
  delete() {
    const notes = this.#read();
    if (notes.length < 2) return;
    notes.splice(this.#chosen, 1);
    this.#chosen = Math.max(this.#chosen - 1, 0);
    this.#write(notes);
    this.#lane.done();
    this.#focus();
  }

  #focus() {
    requestAnimationFrame(() => this.#buttons.get(this.#chosen)?.focus({ preventScroll: true }));
  }

  /** @param {number} index */
  #choose(index) {
    this.#chosen = index;
    this.#lane.choose();
    this.#lane.point();
  }

  /** There is no path any more. @returns {undefined} */
  close() {
    return this.#editor = undefined;
  }

  /** @param {PathEditor} editor @param {boolean} isChosen */
  show(editor, isChosen) {
    this.#editor = editor;
    const { from_s, to_s } = this.#timeline;
    const notes = this.#read();
    this.#chosen = Math.min(this.#chosen, notes.length - 1);
    const visible = notes.map((note, index) => ({ note, index })).filter(({ note }) => note.start_s <= to_s && note.start_s + note.length_s >= from_s);
    const shown = visible.length > MOST ? [] : visible;
    const now = [from_s, to_s, this.#timeline.left(to_s), isChosen, this.#chosen, visible.length, ...shown.flatMap(({ note, index }) => [index, ...Object.values(note)])].join();
    if (now === this.#shown) return;
    this.#shown = now;
    this.#many.textContent = visible.length > MOST ? say('many_notes', { count: visible.length }) : '';
    const wanted = new Set(shown.map(({ index }) => index));
    for (const [index, button] of this.#buttons) {
      if (wanted.has(index)) continue;
      button.remove();
      this.#buttons.delete(index);
    }
    for (const { note, index } of shown) {
      const button = this.#buttons.get(index) ?? this.#add(index);
      const left = Math.max(this.#timeline.left(note.start_s), -2);
      const key = note.key < 0 ? say('key_played') : keyName(note.key);
      button.style.transform = `translateX(${left.toFixed(1)}px)`;
      button.style.width = `${Math.max(this.#timeline.left(note.start_s + note.length_s) - left - 2, 6).toFixed(1)}px`;
      button.textContent = note.key < 0 ? '·' : key;
      button.setAttribute('aria-label', say('note', { number: index + 1, key, time: this.#timeline.text(note.start_s), length: secondsText(note.length_s) }));
      button.setAttribute('aria-pressed', String(isChosen && index === this.#chosen));
      button.tabIndex = index === this.#chosen || !wanted.has(this.#chosen) ? 0 : -1;
    }
  }

  /** @param {number} index */
  #add(index) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'path-note';
    this.#buttons.set(index, button);
    this.#box.append(button);
    return button;
  }

  /** @param {PointerEvent} event */
  #press(event) {
    if (!presses(event)) return;
    const button = /** @type {HTMLElement} */ (event.target).closest('.path-note');
    const [index] = [...this.#buttons].find(([, own]) => own === button) ?? [];
    if (index === undefined || !button) return void this.#box.addEventListener('click', () => this.#lane.choose(), { once: true });
    this.#choose(index);
    const { left, right } = button.getBoundingClientRect();
    const [note, begin_s] = [this.#read()[index], this.#timeline.time_s(event.clientX)];
    const lengthens = right - event.clientX < END_PX && right - left > 2 * END_PX;
    let hasMoved = false;
    const move = (/** @type {PointerEvent} */ { clientX }) => {
      const moved_s = this.#timeline.time_s(clientX) - begin_s;
      if (!hasMoved && Math.abs(clientX - event.clientX) < 4) return;
      hasMoved = true;
      if (lengthens) this.change({ length_s: Math.max(this.#timeline.snapped(note.start_s + note.length_s + moved_s) - note.start_s, SHORTEST_S) });
      else this.change({ start_s: Math.max(this.#timeline.snapped(note.start_s + moved_s), 0) });
    };
    drag(this.#box, event, move, () => {
      if (hasMoved) this.#lane.done();
      this.#focus();
    });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const note = this.chosen;
    if (!note || event.altKey || event.ctrlKey || event.metaKey) return;
    const count = this.#read().length;
    const [step_s, key] = [this.#timeline.snapped(0.5) || 0.1, note.key < 0 ? 60 : note.key];
    const goTo = (/** @type {number} */ index) => {
      this.#choose(Math.min(Math.max(index, 0), count - 1));
      this.#focus();
    };
    const acts = /** @type {Record<string, () => void>} */ ({
      ArrowUp: () => this.change({ key: Math.min(key + 1, 127) }),
      ArrowDown: () => this.change({ key: Math.max(key - 1, 0) }),
      ArrowRight: () => (event.shiftKey ? this.change({ length_s: note.length_s + step_s }) : this.change({ start_s: note.start_s + step_s })),
      ArrowLeft: () => (event.shiftKey ? this.change({ length_s: Math.max(note.length_s - step_s, SHORTEST_S) }) : this.change({ start_s: Math.max(note.start_s - step_s, 0) })),
      PageDown: () => goTo(this.#chosen + 1),
      PageUp: () => goTo(this.#chosen - 1),
      Delete: () => this.delete(),
      Backspace: () => this.delete(),
    });
    if (!Object.hasOwn(acts, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#choose(this.#chosen);
    acts[event.key]();
    if (event.key.startsWith('Arrow')) {
      this.#lane.done();
      this.#focus();
    }
  }
}
