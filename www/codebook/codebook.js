// The codebook of Places: the known presets, or the recorded tones of the instrument that plays, and the points of
// the map, by what they sound like: in a picture whose dots can be heard, and a histogram that picks dots. Loaded on
// demand. Draws the model of crate/page/play/src/panels/codebook/, dispatches what a person does, and performs the
// task of computing the dots. Decides nothing.
import { setHidden } from '../panel/hide.js';
import { tell } from '../panel/status.js';
import { addStyles } from '../panel/styles.js';
import { listenToBars, roomOf, showBars } from './bars.js';
import { Cloud, isArrow } from './cloud.js';
import { CodebookDots } from './dots.js';
import { showAxes, showLayers } from './layers.js';
import { build as buildElements } from './markup.js';
import { perform } from './tasks.js';
import { chosenText, counted, lackText, numberText, say } from './words.js';

/** @import { PanelPort } from '../app.js' */
/** @import { CodebookAction, CodebookModel, CodebookMotion, CodebookPlace } from '../panels.js' */
/** @typedef {ReturnType<typeof buildElements>} Elements */
/** @typedef {(action: CodebookAction) => void} Dispatch */
/** @typedef {{ elements: Elements, cloud: Cloud, dots: CodebookDots }} Parts */

/** Builds it inside the page's element. @param {Element} place @param {PanelPort} port */
export function build(place, port) {
  addStyles(/** @type {any} */ (self).__STYLES__);
  const elements = buildElements(place);
  const parts = { elements, cloud: new Cloud(elements.cloud, port.palette()), dots: new CodebookDots() };
  const dispatch = (/** @type {CodebookAction} */ action) => port.dispatch(action);
  listen(parts, dispatch);
  perform(port, parts.dots);
  port.subscribe((/** @type {CodebookModel} */ model) => show(parts, model));
  port.follow((/** @type {CodebookMotion} */ { here }) => parts.cloud.markHere(here && placeOf(parts.dots, here)));
}

/** @param {Parts} parts @param {Dispatch} dispatch */
function listen({ elements, cloud, dots }, dispatch) {
  const { find } = elements;
  /** @type {HTMLSelectElement} */
  const menu = find('layer');
  menu.addEventListener('change', () => dispatch({ type: 'chooseLayer', layer: Number(menu.value) }));
  find('codes').addEventListener('click', () => dispatch({ type: 'toggleCodes' }));
  find('play').addEventListener('click', () => dispatch({ type: 'togglePlaying', rows: dots.pickedPresets }));
  find('clear').addEventListener('click', () => dispatch({ type: 'releaseBars' }));
  listenToBars(find('bars'), dispatch);
  const box = elements.cloud;
  box.addEventListener('click', ({ clientX, clientY }) => {
    const { left, top } = box.getBoundingClientRect();
    const dot = cloud.nearest(clientX - left, clientY - top);
    if (dot >= 0) dispatch({ type: 'go', dot });
  });
  box.addEventListener('keydown', event => {
    if (event.altKey || event.ctrlKey || event.metaKey || !takesKey(event, cloud, dispatch)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  new ResizeObserver(() => {
    // Nothing is drawn for a panel that nobody sees.
    if (box.clientWidth === 0) return;
    dispatch({ type: 'giveRoom', bars: roomOf(find('bars')) });
    cloud.draw();
  }).observe(box);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => cloud.draw());
}

/**
 * Returns true if the picture takes a key.
 * @param {KeyboardEvent} event @param {Cloud} cloud @param {Dispatch} dispatch
 */
function takesKey({ key, shiftKey }, cloud, dispatch) {
  if (isArrow(key)) {
    const dot = cloud.next(key, shiftKey);
    if (dot >= 0) dispatch({ type: 'choose', dot });
  } else if (key === 'Enter') {
    if (cloud.chosen !== null) dispatch({ type: 'go', dot: cloud.chosen });
  } else {
    return false;
  }
  return true;
}

/** @param {Parts} parts @param {CodebookModel} model */
function show(parts, model) {
  const { place, area, status } = parts.elements;
  tell(status, model.lack ? lackText(model.lack) : '', true);
  area.classList.toggle('is-empty', model.lack !== null);
  area.hidden = !model.isShown;
  // The search makes room for it.
  place.classList.toggle('has-codebook', model.isShown);
  // While others are computed, the last dots stay in sight. A place that was just shown has not told its room yet.
  if (!model.isShown || model.dots === null || model.bars === 0) return;
  showDots(parts, model);
  showChosen(parts, model);
  showPlay(parts, model);
}

/** Draws the dots with their colours, unless they are drawn. @param {Parts} parts @param {CodebookModel} model */
function showDots({ elements, cloud, dots }, model) {
  const { area, find } = elements;
  const { layer, bars, showsCodes, picked } = model;
  const shown = JSON.stringify([model.dots, layer, bars, showsCodes, picked]);
  if (area.dataset.shown === shown) return;
  area.dataset.shown = shown;
  dots.pick(model);
  const isOther = area.dataset.dots !== String(model.dots);
  area.dataset.dots = String(model.dots);
  if (isOther) {
    cloud.take(dots.places, dots.known);
    showAxes(elements, dots);
    showKey(elements, model, dots);
  }
  showLayers(elements, dots, layer);
  const codes = find('codes');
  codes.textContent = say('codes', { count: numberText(dots.codes.size) });
  codes.setAttribute('aria-pressed', String(showsCodes));
  find('codes-about').hidden = !showsCodes;
  showBars(find('bars'), dots, model, share => cloud.color(share));
  cloud.show(
    dots.shares,
    dot => dots.isPicked(dot),
    dot => dots.size(dot),
  );
  tell(find('picked'), dots.pickedText);
  setHidden(find('clear'), picked.length === 0, () => elements.cloud);
  if (isOther) elements.cloud.scrollIntoView({ block: 'nearest' });
}

/**
 * The words beside the two kinds of dots.
 * @param {Elements} elements @param {CodebookModel} model @param {CodebookDots} dots
 */
function showKey({ find }, { hasTones }, dots) {
  const measured = dots.isMeasured ? 'key_presets' : 'key_presets_by_map';
  find('presets').textContent = say(hasTones ? 'key_tones' : measured, { count: numberText(dots.known) });
  find('points').textContent = say('key_points', { count: numberText(dots.count - dots.known) });
}

/** The place of the current point on the axes. @param {CodebookDots} dots @param {CodebookPlace} here */
const placeOf = (dots, { x, y, preset }) => (preset === null ? dots.place(x, y) : dots.placeOf(preset));

/** The chosen dot, and what is told of it. @param {Parts} parts @param {CodebookModel} model */
function showChosen({ elements, cloud, dots }, { chosen }) {
  cloud.choose(chosen);
  tell(elements.find('chosen'), chosen === null ? '' : chosenText(dots.told(chosen)));
}

/** @param {Parts} parts @param {CodebookModel} model */
function showPlay({ elements, dots }, { picked, isPlaying, hasTones }) {
  const button = elements.find('play');
  const count = picked.length > 0 ? dots.pickedPresets.length : 0;
  setHidden(button, count === 0, () => elements.cloud);
  const text = isPlaying ? say('stop') : counted(hasTones ? 'play_tones' : 'play', count);
  if (button.textContent !== text) button.textContent = text;
}
