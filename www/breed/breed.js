// Breed: eight children of the current sound in a grid, and how the next ones are drawn. Loaded on demand. Draws the
// model of crate/page/play/src/panels/breed/, dispatches what a person does, and measures in workers. Decides nothing.
import { showOpen } from '../panel/opening.js';
import { tell } from '../panel/status.js';
import { addStyles } from '../panel/styles.js';
import { performTasks } from '../panel/tasks.js';
import { workerHost } from '../workers/host.js';
import { build as buildElements, MODES, SECTIONS } from './markup.js';
import { measure } from './measuring.js';
import { childTexts, isRefused, keptName, lineText, nameText, say } from './words.js';

/** @import { PanelPort } from '../app.js' */
/** @import { BreedAction, BreedAnswer, BreedModel, BreedTask } from '../panels.js' */
/** @typedef {ReturnType<typeof buildElements>} Elements */

/** The keeper of the workers. */
const KEEPER = 'breed';

/** Builds Breed inside the page's element. @param {Element} place @param {PanelPort} port */
export function build(place, port) {
  addStyles(/** @type {any} */ (self).__STYLES__);
  const elements = buildElements(place);
  const host = workerHost(port);
  /** @type {{ shown?: BreedModel }} */
  const last = {};
  listen(elements, port, last);
  performTasks(
    port,
    /** @type {import('../panel/tasks.js').Performers<BreedTask, BreedAnswer>} */ ({
      measure: ({ patches, key }, { signal, answer }) => {
        host.keep(KEEPER);
        return measure(host, patches, key, signal, (from, numbers) => answer({ type: 'measured', from, numbers }));
      },
      free: () => host.free(KEEPER),
    }),
  );
  port.subscribe((/** @type {BreedModel} */ model) => {
    last.shown = model;
    show(elements, model);
  });
}

/** The child of a tile: null for the sound in the middle. @param {Element} tile */
const childOf = tile => {
  const number = Number(/** @type {HTMLElement} */ (tile).dataset.child);
  return number === 0 ? null : number - 1;
};

/** @param {Elements} elements @param {PanelPort} port @param {{ shown?: BreedModel }} last */
function listen({ grid, tiles, middle, sections, modes, find }, port, last) {
  const dispatch = (/** @type {BreedAction} */ action) => port.dispatch(action);
  const tileAt = (/** @type {Element | null} */ element) => element?.closest('[data-child]');
  grid.addEventListener('pointerdown', event => {
    const tile = tileAt(/** @type {Element} */ (event.target));
    if (!tile || event.button !== 0) return;
    grid.setPointerCapture(event.pointerId);
    dispatch({ type: 'press', child: childOf(tile) });
  });
  grid.addEventListener('pointermove', event => {
    if (!grid.hasPointerCapture(event.pointerId)) return;
    const tile = tileAt(document.elementFromPoint(event.clientX, event.clientY));
    if (tile) dispatch({ type: 'slide', child: childOf(tile) });
  });
  grid.addEventListener('lostpointercapture', () => dispatch({ type: 'lift' }));
  for (const tile of [...tiles, middle]) {
    // A click without a pointer: by a key or a screen reader.
    tile.addEventListener('click', ({ detail }) => {
      if (detail === 0) dispatch({ type: 'strike', child: childOf(tile) });
    });
  }
  for (const [section, { lock, slider, swap }] of sections.entries()) {
    lock.addEventListener('click', () => dispatch({ type: 'toggleSection', section }));
    slider.addEventListener('input', () => {
      dispatch({ type: 'setSectionAmount', section, percent: Number(slider.value) });
    });
    swap.addEventListener('click', () => {
      dispatch({ type: 'setSwap', section, isOn: swap.getAttribute('aria-pressed') !== 'true' });
    });
  }
  for (const [place, mode] of MODES.entries()) {
    modes[place].addEventListener('click', () => dispatch({ type: 'setMode', mode }));
  }
  const amount = /** @type {HTMLInputElement} */ (find('amount'));
  amount.addEventListener('input', () => dispatch({ type: 'setAmount', percent: Number(amount.value) }));
  find('keep').addEventListener('click', () => {
    const { shown } = last;
    if (!shown || shown.chosen === null || !shown.name) return;
    dispatch({ type: 'keep', child: shown.chosen, name: keptName(shown.name, shown.chosen + 1) });
  });
  find('on').addEventListener('click', () => dispatch({ type: 'goOn' }));
  find('back').addEventListener('click', () => dispatch({ type: 'goBack' }));
  find('close').addEventListener('click', () => port.close());
}

/** @param {Elements} elements @param {BreedModel} model */
function show(elements, model) {
  const { area, opener, tiles, middle, sections, modes, find } = elements;
  showOpen(model.isOpen, { area, opener, first: find('close') });
  for (const [child, tile] of tiles.entries()) showTile(tile, child, model);
  const name = model.name ? nameText(model.name) : '';
  middle.setAttribute('aria-pressed', String(model.chosen === null));
  middle.classList.toggle('is-sounding', model.isSounding && model.chosen === null);
  setText(middle, '.breed-words', name);
  const round = model.round > 0 ? say('round', { round: model.round }) : '';
  const number = model.chosen === null ? null : model.chosen + 1;
  const heard = model.isSounding ? (number ? say('you_hear', { number }) : say('you_hear_now')) : '';
  find('round').textContent = [round, heard].filter(Boolean).join(' · ');
  tell(find('line'), lineText(model), isRefused(model));
  for (const [place, mode] of MODES.entries()) modes[place].setAttribute('aria-pressed', String(model.mode === mode));
  showAmount(/** @type {HTMLInputElement} */ (find('amount')), find('percent'), model.percent);
  for (const [section, { row, lock, slider, output, swap }] of sections.entries()) {
    const { isKept, isSwapped, percent } = model.sections[section];
    row.classList.toggle('is-kept', isKept);
    lock.setAttribute('aria-pressed', String(isKept));
    showAmount(slider, output, percent);
    swap.setAttribute('aria-pressed', String(isSwapped));
  }
  const keep = find('keep');
  const isPinned = model.chosen !== null && model.children[model.chosen]?.isKept;
  keep.setAttribute('aria-disabled', String(number === null || isPinned === true));
  keep.lastElementChild?.replaceChildren(number ? say('keep', { number }) : say('keep_none'));
  const on = find('on');
  on.setAttribute('aria-disabled', String(model.status === 'locked' || model.status === 'unknown'));
  const others = number ? say('go_on', { number }) : say('others');
  on.textContent = model.status === 'locked' ? say('locked') : others;
  find('back').setAttribute('aria-disabled', String(!model.canGoBack));
}

/** @param {HTMLElement} tile @param {number} child @param {BreedModel} model */
function showTile(tile, child, model) {
  const own = model.children[child];
  tile.hidden = !own;
  if (!own) return;
  const { words, short, long } = childTexts(own);
  const isChosen = model.chosen === child;
  tile.setAttribute('aria-pressed', String(isChosen));
  tile.classList.toggle('is-sounding', isChosen && model.isSounding);
  tile.classList.toggle('is-pinned', own.isKept);
  setText(tile, '.breed-pinned', own.isKept ? say('pinned') : '');
  setText(tile, '.breed-words', words);
  setText(tile, '.breed-short', short);
  setText(tile, '.breed-long', long);
  const marks = tile.querySelectorAll('.breed-mark');
  for (const [section] of SECTIONS.entries()) {
    /** @type {HTMLElement} */ (marks[section]).dataset.change = own.sections[section].type;
  }
}

/** @param {Element} within @param {string} selector @param {string} text */
function setText(within, selector, text) {
  const element = /** @type {Element} */ (within.querySelector(selector));
  if (element.textContent !== text) element.textContent = text;
}

/** @param {HTMLInputElement} slider @param {Element} output @param {number} percent */
function showAmount(slider, output, percent) {
  const text = say('percent', { percent });
  if (Number(slider.value) !== percent) slider.value = String(percent);
  slider.setAttribute('aria-valuetext', text);
  slider.style.setProperty('--level', `${percent}%`);
  output.textContent = text;
}
