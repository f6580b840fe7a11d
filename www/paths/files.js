// The list of the kinds of files that a path is saved as, and the row of the file that is written. Draws alone.
import { tellProgress } from '../panel/status.js';
import { say } from './words.js';

/** @import { PathsModel, PathsFileKind } from '../panels.js' */
/** @import { Dispatch } from './timeline.js' */

/** The kinds, in their order. @type {readonly PathsFileKind[]} */
const KINDS = ['json', 'wav', 'midi', 'automation', 'controllers', 'bank'];

/** @param {PathsFileKind} kind */
const button = kind => `
  <button type="button" data-save="${kind}">${say(kind)} <small>${say(`${kind}_hint`)}</small></button>`;

export const FILES = () => `
<div class="path-saves" id="path-saves" role="group" aria-label="${say('saves')}" hidden>
  ${KINDS.map(button).join('')}
</div>
<div class="path-writing" id="path-writing" hidden>
  <span><output></output><progress max="1" value="0"></progress></span>
  <button type="button" id="path-writing-stop">${say('stop_writing')}</button>
</div>`;

export class Files {
  #opener;
  #list;
  #row;

  /** @param {(id: string) => HTMLElement} find @param {Dispatch} dispatch */
  constructor(find, dispatch) {
    this.#opener = find('save');
    this.#list = find('saves');
    this.#row = find('writing');
    this.#opener.addEventListener('click', () => dispatch({ type: 'toggleFiles' }));
    this.#list.addEventListener('click', ({ target }) => {
      const name = target instanceof Element && target.closest('[data-save]')?.getAttribute('data-save');
      const kind = KINDS.find(own => own === name);
      if (kind) dispatch({ type: 'save', kind });
    });
    find('writing-stop').addEventListener('click', () => dispatch({ type: 'stopSaving' }));
  }

  /** @param {PathsModel} model */
  show({ hasFiles, writing }) {
    if (this.#list.hidden === hasFiles) {
      this.#list.hidden = !hasFiles;
      this.#opener.setAttribute('aria-expanded', String(hasFiles));
      // It is the last part of the panel, below its edge.
      if (hasFiles) this.#list.scrollIntoView({ block: 'nearest' });
      if (hasFiles) this.#list.querySelector('button')?.focus({ preventScroll: true });
    }
    const hadFocus = !writing && this.#row.contains(document.activeElement);
    this.#row.hidden = !writing;
    if (hadFocus) this.#opener.focus({ preventScroll: true });
    if (!writing) return;
    const { file, share } = writing;
    const output = /** @type {Element} */ (this.#row.querySelector('output'));
    const text = say('writing', { file, percent: Math.floor(100 * share) });
    tellProgress(output, text, text.search(/\d+ %$/));
    /** @type {HTMLProgressElement} */ (this.#row.querySelector('progress')).value = share;
  }
}
