// Chooses a sound: the current one, a landmark, or a known preset by its name.
import { say } from './words.js';

/** @typedef {import('../app.js').PathPort} PathPort */
/** @typedef {{ sound: Float32Array, name: string }} Choice x and y of its point, then the values of its patch if it has its own */

/** Kinds of sounds of the port. */
export const KIND = { here: 0, shared: 1, landmark: 2, preset: 3 };
/** The most that are listed. */
const MOST = 60;

export class Chooser {
  #port;
  #box;
  #field;
  #list;
  #hint;
  #onChoose;
  /** The button that has opened it. @type {HTMLElement | undefined} */
  #opener;
  /** @type {string[]} the presets' names, in lower case beside them */
  #names = [];
  /** @type {string[]} */
  #lower = [];
  /** The landmarks that are shown, a line each. */
  #landmarks = '';

  /** @param {PathPort} port @param {(id: string) => HTMLElement} find @param {(choice: Choice) => void} onChoose */
  constructor(port, find, onChoose) {
    this.#port = port;
    this.#onChoose = onChoose;
    this.#box = find('chooser');
    this.#field = /** @type {HTMLInputElement} */ (find('find'));
    this.#list = find('found');
    this.#hint = find('found-hint');
    find('here').addEventListener('click', () => this.#choose(KIND.shared, 0, nameHere()));
    this.#field.addEventListener('input', () => this.#show());
    this.#box.addEventListener('keydown', event => this.#key(event));
    this.#list.addEventListener('click', ({ target }) => {
      const { kind, index, name } = /** @type {Element} */ (target).closest('button')?.dataset ?? {};
      if (kind) this.#choose(Number(kind), Number(index), name ?? '');
    });
  }

  /** Opens it below the row of a button, or closes it. @param {HTMLElement} opener @param {string} label */
  toggle(opener, label) {
    const isOpen = this.#opener === opener;
    this.close();
    if (isOpen) return;
    this.#opener = opener;
    opener.setAttribute('aria-expanded', 'true');
    this.#box.setAttribute('aria-label', label);
    opener.parentElement?.after(this.#box);
    this.#box.hidden = false;
    this.#take();
    this.#field.value = '';
    this.#show();
    this.#box.scrollIntoView({ block: 'nearest' });
    this.#box.querySelector('button')?.focus({ preventScroll: true });
  }

  /** Follows the landmarks, which a person may change meanwhile. */
  follow() {
    if (this.#opener && this.#port.landmarks() !== this.#landmarks) this.#show();
  }

  close() {
    this.#opener?.setAttribute('aria-expanded', 'false');
    this.#opener = undefined;
    this.#box.hidden = true;
  }

  /** Reads the names, which another bank changes. */
  #take() {
    const lines = this.#port.texts().split('\n');
    const known = this.#port.sounds()?.[0] ?? 0;
    // The map's layers come first.
    this.#names = lines.slice(lines.length - known);
    this.#lower = this.#names.map(name => name.toLowerCase());
  }

  #show() {
    const query = this.#field.value.trim().toLowerCase();
    this.#landmarks = this.#port.landmarks();
    const landmarks = this.#landmarks.split('\n').map((name, index) => ({ kind: KIND.landmark, index, name }));
    const marked = landmarks.filter(({ name }) => name !== '' && name.toLowerCase().includes(query));
    /** @type {typeof landmarks} */
    const presets = [];
    for (let index = 0; query !== '' && index < this.#lower.length; index++) {
      if (this.#lower[index].includes(query)) presets.push({ kind: KIND.preset, index, name: this.#names[index] });
    }
    // The shortest name is the nearest to what is typed.
    presets.sort((one, other) => one.name.length - other.name.length);
    this.#list.replaceChildren(...[...marked, ...presets.slice(0, MOST)].map(({ kind, index, name }) => {
      const line = document.createElement('li');
      const button = Object.assign(document.createElement('button'), { type: 'button' });
      Object.assign(button.dataset, { kind, index, name: name.trim() || say('unnamed') });
      button.append(button.dataset.name ?? '');
      if (kind === KIND.landmark) button.append(Object.assign(document.createElement('small'), { textContent: say('landmark') }));
      line.append(button);
      return line;
    }));
    this.#hint.textContent = query === '' ? say('find_hint') : marked.length + presets.length === 0 ? say('none') : '';
  }

  /** @param {number} kind @param {number} index @param {string} name */
  #choose(kind, index, name) {
    // Another bank has come meanwhile.
    this.#take();
    if (kind === KIND.preset && (this.#names[index]?.trim() || say('unnamed')) !== name) return this.#show();
    const sound = this.#port.sound(kind, index);
    const opener = this.#opener;
    if (!sound || !opener) return;
    this.close();
    opener.focus({ preventScroll: true });
    this.#onChoose({ sound, name });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const buttons = [...this.#list.querySelectorAll('button')];
    const place = buttons.indexOf(/** @type {HTMLButtonElement} */ (event.target));
    if (event.key === 'Escape') {
      this.#opener?.focus({ preventScroll: true });
      this.close();
    } else if (event.key === 'Enter' && event.target === this.#field) {
      buttons[0]?.click();
    } else if (event.key === 'ArrowDown' && (place >= 0 || event.target === this.#field)) {
      buttons[Math.min(place + 1, buttons.length - 1)]?.focus();
    } else if (event.key === 'ArrowUp' && place >= 0) {
      (buttons[place - 1] ?? this.#field).focus();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}

/** What the page calls the current sound. */
export const nameHere = () => document.querySelector('#near')?.textContent?.trim() || say('this_sound');
