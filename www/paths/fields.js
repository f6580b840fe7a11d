// The fields for the values of the chosen point or note.
import { keyName, keyOf, numberText, say, typed } from './words.js';

export class Fields {
  #find;
  #lanes;

  /** @param {(id: string) => HTMLElement} find @param {import('./lanes.js').Lanes} lanes @param {() => void} done a change is over @param {(sentence: string) => void} tell */
  constructor(find, lanes, done, tell) {
    this.#find = find;
    this.#lanes = lanes;
    /** @param {string} id @param {(text: string) => number} read @param {(number: number) => void} act */
    const change = (id, read, act) => find(id).addEventListener('change', ({ target }) => {
      const field = /** @type {HTMLInputElement} */ (target), number = read(field.value);
      if (!Number.isNaN(number)) act(number);
      this.#write(true);
      tell(Number.isNaN(number) ? say('no_number', { former: field.value || say('key_played') }) : '');
    });
    change('point-value', typed, value => lanes.setPoint(value));
    /** @param {string} id @param {(text: string) => number} read @param {(number: number) => Partial<import('./notes.js').PathNote>} note */
    const ofNote = (id, read, note) => change(id, read, number => {
      lanes.notes.change(note(number));
      done();
    });
    ofNote('note-key', text => (text.trim() === '' ? -1 : keyOf(text)), key => ({ key }));
    ofNote('note-start', typed, start_s => ({ start_s }));
    ofNote('note-length', typed, length_s => ({ length_s }));
    ofNote('note-velocity', typed, velocity => ({ velocity: Math.min(Math.max(Math.round(velocity), 1), 127) }));
  }

  /** Shows the values, except in the field that a person is in. */
  show() {
    this.#write(false);
  }

  /** @param {boolean} isTyped also in the field that a person is in: what was typed may be out of range */
  #write(isTyped) {
    /** @param {string} id @param {string} text */
    const set = (id, text) => {
      const field = /** @type {HTMLInputElement} */ (this.#find(id));
      if (isTyped || document.activeElement !== field) field.value = text;
    };
    const point = this.#lanes.point;
    if (point) {
      const name = this.#find('point-name');
      if (name.textContent !== point.label) name.textContent = point.label;
      return set('point-value', point.text);
    }
    const note = this.#lanes.notes.chosen;
    if (!note) return;
    set('note-key', note.key < 0 ? '' : keyName(note.key));
    set('note-start', numberText(note.start_s, 2));
    set('note-length', numberText(note.length_s, 2));
    set('note-velocity', String(note.velocity));
    /** @type {HTMLButtonElement} */ (this.#find('note-delete')).disabled = this.#lanes.notes.isOnly;
  }
}
