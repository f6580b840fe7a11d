// The lane of notes: each note is a button that is dragged, lengthened at its end, and moved by keys. Draws alone.
import { presses } from '../between/presses.js';
import { drag } from './drag.js';
import { keyName, say, secondsText } from './words.js';

/** @import { PathsNotesModel, PathsNote, PathsNoteStep } from '../panels.js' */
/** @import { Dispatch } from './timeline.js' */
/** @typedef {ReturnType<typeof import('./timeline.js').timesOf>} Times */

/** The part of a note at its right edge that lengthens it, in CSS pixels. */
const END_PX = 14;
/** A pointer that moves less than this, in CSS pixels, only chooses. */
const STILL_PX = 4;

/** The change of a note that each key makes. @type {Record<string, PathsNoteStep>} */
const STEPS = { ArrowUp: 'higher', ArrowDown: 'lower', ArrowRight: 'later', ArrowLeft: 'earlier' };
/** The same with Shift. @type {Record<string, PathsNoteStep>} */
const LENGTH_STEPS = { ...STEPS, ArrowRight: 'longer', ArrowLeft: 'shorter' };
/** @type {Record<string, number>} */
const WAYS = { PageDown: 1, PageUp: -1 };

export class NoteLane {
  #box;
  #times;
  #dispatch;
  #crowded = document.createElement('span');
  /** The drawn notes. @type {PathsNote[]} */
  #shown = [];

  /** @param {HTMLElement} box @param {() => Times | undefined} times where times are @param {Dispatch} dispatch */
  constructor(box, times, dispatch) {
    this.#box = box;
    this.#times = times;
    this.#dispatch = dispatch;
    this.#crowded.className = 'hint path-many';
    box.append(this.#crowded);
    box.addEventListener('pointerdown', event => this.#press(event));
    box.addEventListener('keydown', event => this.#key(event));
    box.addEventListener('focusin', ({ target }) => {
      const index = indexOf(target);
      if (index !== undefined) dispatch({ type: 'focusNote', index });
    });
  }

  /** @param {PathsNotesModel} notes @param {boolean} isChosen the lane is the chosen one */
  show({ shown, crowded, chosen, focuses }, isChosen) {
    const times = this.#times();
    if (!times) return;
    this.#shown = shown;
    const many = crowded > 0 ? say('many_notes', { count: crowded }) : '';
    if (this.#crowded.textContent !== many) this.#crowded.textContent = many;
    const buttons = this.#buttons(shown.length);
    const hasChosen = shown.some(({ index }) => index === chosen.index);
    shown.forEach((note, at) => {
      const { index } = note;
      const isOwn = index === chosen.index;
      const tabIndex = isOwn || (!hasChosen && at === 0) ? 0 : -1;
      write(buttons[at], note, times, isChosen && isOwn, tabIndex);
    });
    const box = this.#box;
    const wants = box.dataset.focuses !== undefined && box.dataset.focuses !== String(focuses);
    box.dataset.focuses = String(focuses);
    if (wants) buttons[shown.findIndex(({ index }) => index === chosen.index)]?.focus({ preventScroll: true });
  }

  /** So many buttons. @param {number} count */
  #buttons(count) {
    const buttons = /** @type {HTMLButtonElement[]} */ ([...this.#box.querySelectorAll('.path-note')]);
    for (const button of buttons.splice(count)) button.remove();
    while (buttons.length < count) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'path-note';
      this.#box.append(button);
      buttons.push(button);
    }
    return buttons;
  }

  /** @param {PointerEvent} event */
  #press(event) {
    const times = this.#times();
    if (!times || !presses(event)) return;
    const button = event.target instanceof Element ? event.target.closest('.path-note') : null;
    const index = indexOf(button);
    if (!button || index === undefined) {
      const choose = () => this.#dispatch({ type: 'chooseLane', lane: 'notes' });
      this.#box.addEventListener('click', choose, { once: true });
      return;
    }
    this.#dispatch({ type: 'chooseNote', index });
    const { left, right } = button.getBoundingClientRect();
    const note = this.#shown.find(own => own.index === index);
    if (!note) return;
    const begin_s = times.time_s(event.clientX);
    const lengthens = right - event.clientX < END_PX && right - left > 2 * END_PX;
    let hasMoved = false;
    const move = (/** @type {PointerEvent} */ { clientX }) => {
      if (!hasMoved && Math.abs(clientX - event.clientX) < STILL_PX) return;
      hasMoved = true;
      const moved_s = times.time_s(clientX) - begin_s;
      const startS = lengthens ? null : note.startS + moved_s;
      const endS = lengthens ? note.startS + note.lengthS + moved_s : null;
      this.#dispatch({ type: 'dragNote', startS, endS });
    };
    drag(this.#box, event, move, () => this.#dispatch({ type: 'dropNote', hasMoved }));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
    const index = indexOf(event.target);
    if (index === undefined || altKey || ctrlKey || metaKey) return;
    const step = (shiftKey ? LENGTH_STEPS : STEPS)[key];
    const by = WAYS[key];
    if (step) this.#dispatch({ type: 'stepNote', step });
    else if (by) this.#dispatch({ type: 'goToNote', by });
    else if (key === 'Delete' || key === 'Backspace') this.#dispatch({ type: 'deleteNote' });
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** The position of the note that an element shows. @param {EventTarget | null} element */
function indexOf(element) {
  const index = element instanceof HTMLElement ? element.dataset.note : undefined;
  return index === undefined ? undefined : Number(index);
}

/**
 * @param {HTMLButtonElement} button @param {PathsNote} note @param {Times} times @param {boolean} isPressed
 * @param {number} tabIndex
 */
function write(button, { index, startS, lengthS, key }, times, isPressed, tabIndex) {
  const left = Math.max(times.left(startS), -2);
  const width = Math.max(times.left(startS + lengthS) - left - 2, 6);
  const name = key === null ? say('key_played') : keyName(key);
  button.dataset.note = String(index);
  button.style.transform = `translateX(${left.toFixed(1)}px)`;
  button.style.width = `${width.toFixed(1)}px`;
  const text = key === null ? '·' : name;
  if (button.textContent !== text) button.textContent = text;
  const words = { number: index + 1, key: name, time: times.text(startS), length: secondsText(lengthS) };
  button.setAttribute('aria-label', say('note', words));
  button.setAttribute('aria-pressed', String(isPressed));
  button.tabIndex = tabIndex;
}
