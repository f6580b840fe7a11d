// Between two sounds: A and B are chosen, and a slider plays every sound between them; a square mixes four; grids
// have the sounds around A and B. Loaded on demand. Draws the model of crate/page/play/src/panels/between/,
// dispatches what a person does, and performs the tasks of computing and drawing. Decides nothing.
import { showOpen } from '../panel/opening.js';
import { tell, tellProgress } from '../panel/status.js';
import { addStyles } from '../panel/styles.js';
import { listenToChooser, showChooser } from './chooser.js';
import { showComparison } from './comparison.js';
import { listenToGrids, showGrids } from './grids.js';
import { build as buildElements } from './markup.js';
import { listenToSlider, showSlider } from './slider.js';
import { listenToSquare, showSquare } from './square.js';
import { perform } from './tasks.js';
import { keptText, landmarkText, nameText, say, statusText } from './words.js';

/** @import { PanelPort } from '../app.js' */
/** @import { BetweenAction, BetweenModel } from '../panels.js' */
/** @typedef {ReturnType<typeof buildElements>} Elements */
/** @typedef {(action: BetweenAction) => void} Dispatch */

/** Builds it inside the page's element. @param {Element} place @param {PanelPort} port */
export function build(place, port) {
  addStyles(/** @type {any} */ (self).__STYLES__);
  const elements = buildElements(place);
  const dispatch = (/** @type {BetweenAction} */ action) => port.dispatch(action);
  const names = port.parameters().split('\n');
  listen(elements, dispatch, port);
  perform(port, elements);
  port.subscribe((/** @type {BetweenModel} */ model) => show(elements, dispatch, names, model));
}

/** @param {Elements} elements @param {Dispatch} dispatch @param {PanelPort} port */
function listen(elements, dispatch, port) {
  const { ends, keeps, find } = elements;
  find('close').addEventListener('click', () => port.close());
  find('swap').addEventListener('click', () => dispatch({ type: 'swap' }));
  find('four').addEventListener('click', () => dispatch({ type: 'toggleFour' }));
  find('around').addEventListener('click', () => dispatch({ type: 'toggleAround' }));
  for (const [end, button] of ends.entries()) {
    button.addEventListener('click', () => dispatch({ type: 'toggleChooser', end }));
  }
  for (const [place, { button }] of keeps.entries()) {
    button.addEventListener('click', () => {
      const { name } = button.dataset;
      if (name) dispatch({ type: 'keep', place, name });
    });
  }
  listenToChooser(elements, dispatch);
  listenToSlider(elements, dispatch);
  listenToSquare(elements, dispatch);
  listenToGrids(elements, dispatch);
}

/**
 * @param {Elements} elements @param {Dispatch} dispatch @param {string[]} names of the parameters
 * @param {BetweenModel} model
 */
function show(elements, dispatch, names, model) {
  const { area, opener, ends, find } = elements;
  showOpen(model.isOpen, { area, opener, first: find('close') });
  for (const [end, button] of ends.entries()) {
    const name = model.ends[end];
    const label = /** @type {HTMLElement} */ (button.querySelector('span'));
    label.title = label.textContent = name ? nameText(name) : say('choose');
  }
  find('swap').setAttribute('aria-disabled', String(!model.ends[0] || !model.ends[1]));
  showChooser(elements, model.chooser, dispatch);
  showSlider(elements, model.slider);
  showComparison(elements, model.comparison);
  showStatus(find('state'), model);
  showPart(elements, 'four', model.hasFour);
  showSquare(elements, model.square);
  showPart(elements, 'around', model.hasAround);
  showGrids(elements, model, names);
  showKeeps(elements, model);
}

/** @param {HTMLElement} state @param {BetweenModel} model */
function showStatus(state, { status }) {
  if (status.type === 'measuring') tellProgress(state, statusText(status));
  else tell(state, statusText(status), status.type === 'problem');
}

/** @param {Elements} elements @param {'four' | 'around'} part @param {boolean} isShown */
function showPart({ find }, part, isShown) {
  const section = find(`${part}-part`);
  if (section.hidden !== isShown) return;
  section.hidden = !isShown;
  find(part).setAttribute('aria-pressed', String(isShown));
  if (isShown) section.scrollIntoView({ block: 'nearest' });
}

/** @param {Elements} elements @param {BetweenModel} model */
function showKeeps({ keeps }, { landmark, kept }) {
  const name = landmark ? landmarkText(landmark) : '';
  for (const [place, { button, said }] of keeps.entries()) {
    button.dataset.name = name;
    button.setAttribute('aria-disabled', String(!landmark));
    tell(said, kept?.place === place ? keptText(kept) : '');
  }
}
