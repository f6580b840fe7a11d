// The fields for the values of the chosen point or note. Draws alone; reads typed numbers and names of keys.
import { CURVES } from './lanes.js';
import { timeText } from './timeline.js';
import { keyName, keyOf, numberText, say, typed } from './words.js';

/** @import { PathsLanesModel, PathsField, PathsNoteValue } from '../panels.js' */
/** @import { Dispatch } from './timeline.js' */

/** The text of a field. @param {PathsLanesModel} lanes @param {PathsField} field */
export function fieldText({ chosen, points, point, notes: { chosen: note } }, field) {
  const decimals = CURVES.find(({ lane }) => lane === chosen)?.decimals ?? 2;
  switch (field) {
    case 'point':
      return points[point] ? numberText(points[point].value, decimals) : '';
    case 'noteKey':
      return note.key === null ? '' : keyName(note.key);
    case 'noteStart':
      return numberText(note.startS, 2);
    case 'noteLength':
      return numberText(note.lengthS, 2);
    default:
      return String(note.velocity);
  }
}

export class Fields {
  #find;
  /** @type {Record<PathsField, HTMLInputElement>} */
  #fields;

  /** @param {(id: string) => HTMLElement} find @param {Dispatch} dispatch */
  constructor(find, dispatch) {
    this.#find = find;
    const field = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (find(id));
    this.#fields = {
      point: field('point-value'),
      noteKey: field('note-key'),
      noteStart: field('note-start'),
      noteLength: field('note-length'),
      noteVelocity: field('note-velocity'),
    };
    /** @param {PathsField} name @param {(text: string) => number} read @param {(number: number) => void} take */
    const listen = (name, read, take) =>
      this.#fields[name].addEventListener('change', () => {
        const number = read(this.#fields[name].value);
        if (Number.isNaN(number)) dispatch({ type: 'typeNothing', field: name });
        else take(number);
      });
    const take = (/** @type {PathsNoteValue} */ value) => dispatch({ type: 'typeNote', value });
    listen('point', typed, value => dispatch({ type: 'typePoint', value }));
    // An empty field is the key that the page plays.
    const keyOrNone = (/** @type {string} */ text) => (text.trim() === '' ? -1 : keyOf(text));
    listen('noteKey', keyOrNone, key => take({ type: 'key', key: key < 0 ? null : key }));
    listen('noteStart', typed, startS => take({ type: 'start', startS }));
    listen('noteLength', typed, lengthS => take({ type: 'length', lengthS }));
    listen('noteVelocity', typed, velocity => take({ type: 'velocity', velocity }));
  }

  /**
   * Shows the values, except in the field that a person is in, unless it was typed.
   * @param {PathsLanesModel} lanes @param {boolean} wasTyped
   */
  show(lanes, wasTyped) {
    const hasNotes = lanes.chosen === 'notes';
    this.#find('point-row').hidden = hasNotes;
    this.#find('note-row').hidden = !hasNotes;
    for (const [name, field] of /** @type {[PathsField, HTMLInputElement][]} */ (Object.entries(this.#fields))) {
      const isShown = (name === 'point') !== hasNotes;
      const text = fieldText(lanes, name);
      const isKept = document.activeElement === field && !wasTyped;
      if (isShown && !isKept && field.value !== text) field.value = text;
    }
    const point = lanes.points[lanes.point];
    const curve = CURVES.find(({ lane }) => lane === lanes.chosen);
    if (curve && point) {
      const label = say('point', { lane: say(curve.word), time: timeText(point.timeS, lanes.beatS) });
      const name = this.#find('point-name');
      if (name.textContent !== label) name.textContent = label;
    }
    /** @type {HTMLButtonElement} */ (this.#find('note-delete')).disabled = lanes.notes.isOnly;
  }
}
