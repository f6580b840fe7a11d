// The list in which a sound is chosen: the current one, a landmark, or a known preset by its name. Draws and
// dispatches; decides nothing.
import { say } from './words.js';

/** @import { Elements, Dispatch } from './between.js' */
/** @import { BetweenChooser, SoundLine } from '../panels.js' */

/** @param {Elements} elements @param {Dispatch} dispatch */
export function listenToChooser({ find }, dispatch) {
  const box = find('chooser');
  /** @type {HTMLInputElement} */
  const field = find('find');
  find('here').addEventListener('click', () => dispatch({ type: 'chooseHere' }));
  field.addEventListener('input', () => dispatch({ type: 'find', query: field.value }));
  box.addEventListener('keydown', event => {
    if (!takesKey(event, field, [...find('found').querySelectorAll('button')], dispatch)) return;
    event.preventDefault();
    event.stopPropagation();
  });
}

/**
 * Returns true if the list takes a key.
 * @param {KeyboardEvent} event @param {HTMLInputElement} field @param {HTMLButtonElement[]} lines
 * @param {Dispatch} dispatch
 */
function takesKey({ key, target }, field, lines, dispatch) {
  const place = lines.indexOf(/** @type {HTMLButtonElement} */ (target));
  const isInside = place >= 0 || target === field;
  if (key === 'Escape') dispatch({ type: 'closeChooser' });
  else if (key === 'Enter' && target === field) dispatch({ type: 'chooseFirst' });
  else if (key === 'ArrowDown' && isInside) lines[Math.min(place + 1, lines.length - 1)]?.focus();
  else if (key === 'ArrowUp' && place >= 0) (lines[place - 1] ?? field).focus();
  else return false;
  return true;
}

/** @param {Elements} elements @param {BetweenChooser | null} chooser @param {Dispatch} dispatch */
export function showChooser({ ends, letters, find }, chooser, dispatch) {
  const box = find('chooser');
  const before = ends.find(button => button.getAttribute('aria-expanded') === 'true');
  const opener = chooser ? ends[chooser.end] : undefined;
  for (const button of ends) button.setAttribute('aria-expanded', String(button === opener));
  if (!chooser || !opener) return hide(box, before);
  const isOpened = opener !== before;
  if (isOpened) {
    box.setAttribute('aria-label', say('choose_for', { letter: letters[chooser.end] }));
    opener.parentElement?.after(box);
    box.hidden = false;
  }
  /** @type {HTMLInputElement} */
  const field = find('find');
  if (field.value !== chooser.query) field.value = chooser.query;
  showLines(find('found'), chooser.lines, dispatch);
  find('found-hint').textContent = hintOf(chooser);
  if (!isOpened) return;
  box.scrollIntoView({ block: 'nearest' });
  find('here').focus({ preventScroll: true });
}

/**
 * Hides the list; its focus returns to the button that has opened it.
 * @param {HTMLElement} box @param {HTMLElement} [opener]
 */
function hide(box, opener) {
  if (box.contains(document.activeElement)) opener?.focus({ preventScroll: true });
  box.hidden = true;
}

/** @param {BetweenChooser} chooser */
function hintOf({ query, lines }) {
  if (query.trim() === '') return say('find_hint');
  return lines.length === 0 ? say('none') : '';
}

/**
 * Draws the lines, unless they are drawn: one of them may have the focus.
 * @param {HTMLElement} list @param {SoundLine[]} lines @param {Dispatch} dispatch
 */
function showLines(list, lines, dispatch) {
  const shown = JSON.stringify(lines);
  if (list.dataset.shown === shown) return;
  list.dataset.shown = shown;
  list.replaceChildren(
    ...lines.map(({ sound, name }) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.append(name || say('unnamed'));
      if (sound.type === 'landmark') {
        const small = document.createElement('small');
        small.textContent = say('landmark');
        button.append(small);
      }
      button.addEventListener('click', () => dispatch({ type: 'choose', sound, name }));
      const line = document.createElement('li');
      line.append(button);
      return line;
    }),
  );
}
