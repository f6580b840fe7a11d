// An instrument of recorded tones: six axes beside those of the map, and a live sound that becomes tones. Loaded with
// the first such instrument. Draws the model of crate/page/play/src/panels/tones/, dispatches what a person does, and
// performs the task of connecting a live sound. Decides nothing. tones.css hides the parts of the page that only
// amSynth has.
import { presses } from '../between/presses.js';
import { tell } from '../panel/status.js';
import { addStyles } from '../panel/styles.js';
import { performTasks } from '../panel/tasks.js';
import { connect } from './connect.js';
import { LiveDrawing } from './live.js';
import { build as buildElements } from './markup.js';
import { changeText, placeText, say, shareText } from './words.js';

/** @import { PanelPort } from '../app.js' */
/** @import { TonesAction, TonesModel, TonesTask, TonesAnswer } from '../panels.js' */
/** @typedef {import('../panel/tasks.js').Performers<TonesTask, TonesAnswer>} TonesPerformers */
/** @typedef {ReturnType<typeof buildElements>} Elements */
/** @typedef {(action: TonesAction) => void} Dispatch */

/** The axes that the map shows; the sliders have the others. */
const MAP_AXES = 2;
/** The place of the instrument whose tones are amSynth's presets. */
const PRESETS = 4;

/** The scales that the sliders of each instrument change, from build/axes.mjs. @type {[string, boolean][][][]} */
const AXIS_SCALES = /** @type {any} */ (self).__AXIS_SCALES__;

/**
 * Builds it inside the page's elements: the axes inside `place`; in Play, the chooser of the live sound inside `row`,
 * and the rest of the live sound inside `area`.
 * @param {Element} place @param {PanelPort} port @param {HTMLElement} row @param {HTMLElement} area
 */
export function build(place, port, row, area) {
  addStyles(/** @type {any} */ (self).__STYLES__);
  const dispatch = (/** @type {TonesAction} */ action) => port.dispatch(action);
  const names = port.toneNames();
  const elements = buildElements(place, AXIS_SCALES[0].length);
  const live = new LiveDrawing(row, area, dispatch);
  listen(elements, dispatch);
  performTasks(
    port,
    /** @type {TonesPerformers} */ ({
      connect: ({ source }, report) => connect(source, port.node(), share => live.showLevel(share), report),
    }),
  );
  port.subscribe((/** @type {TonesModel} */ model) => {
    show(elements, model, names);
    live.show(model.live);
  });
}

/** @param {Elements} elements @param {Dispatch} dispatch */
function listen({ sliders, life, find }, dispatch) {
  life.addEventListener('input', () => dispatch({ type: 'setLife', share: Number(life.value) }));
  find('sounds').addEventListener('click', () => dispatch({ type: 'openSounds' }));
  find('back').addEventListener('click', () => dispatch({ type: 'leave' }));
  find('reset').addEventListener('click', () => dispatch({ type: 'centerAxes' }));
  for (const [axis, slider] of sliders.entries()) listenToSlider(slider, axis, dispatch);
}

/** @param {HTMLInputElement} slider @param {number} axis @param {Dispatch} dispatch */
function listenToSlider(slider, axis, dispatch) {
  slider.addEventListener('input', () => dispatch({ type: 'moveAxis', axis, place: Number(slider.value) }));
  slider.addEventListener('change', () => dispatch({ type: 'axisMoved' }));
  slider.addEventListener('dblclick', () => dispatch({ type: 'centerAxis', axis }));
  slider.addEventListener('pointerdown', event => {
    if (presses(event)) dispatch({ type: 'pressAxis', pointer: event.pointerId });
  });
  for (const end of /** @type {const} */ (['pointerup', 'pointercancel', 'lostpointercapture'])) {
    slider.addEventListener(end, ({ pointerId }) => dispatch({ type: 'releaseAxis', pointer: pointerId }));
  }
  slider.addEventListener('blur', () => dispatch({ type: 'leaveAxis' }));
  // After the slider has taken the tap itself.
  slider.addEventListener('pointerup', ({ pointerType }) => {
    requestAnimationFrame(() => dispatch({ type: 'tapAxis', axis, isTouch: pointerType === 'touch' }));
  });
}

/** @param {HTMLInputElement} slider @param {number} life 0…1 */
function showLife(slider, life) {
  const text = shareText(life);
  slider.value = String(life);
  slider.style.setProperty('--level', `${100 * life}%`);
  slider.setAttribute('aria-valuetext', text);
  const output = slider.nextElementSibling;
  if (output) output.textContent = text;
}

/** @param {Elements} elements @param {TonesModel} model @param {string[]} names of the instruments */
function show(elements, model, names) {
  const { sliders, labels, outputs, life, find } = elements;
  const { isOpen, domain, axes, canCenter, isSoundsLost } = model;
  if (!isOpen) return;
  showLife(life, model.life);
  for (const [axis, slider] of sliders.entries()) {
    const place = axes[axis];
    const text = placeText(place);
    slider.value = String(place);
    slider.style.setProperty('--level', `${50 + 50 * place}%`);
    slider.setAttribute('aria-valuetext', text);
    outputs[axis].textContent = text;
    labels[axis].textContent = changeText(AXIS_SCALES[domain][axis], MAP_AXES + 1 + axis);
  }
  tell(find('status'), isSoundsLost ? say('lost') : '', true);
  find('reset').setAttribute('aria-disabled', String(!canCenter));
  find('about').textContent = say(domain === PRESETS ? 'about_presets' : 'about', { name: names[domain] });
}
