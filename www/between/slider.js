// The slider from A to B and its three ways. Draws and dispatches; decides nothing.
import { setHidden } from '../panel/hide.js';
import { presses } from './presses.js';
import { say } from './words.js';

/** @import { Elements, Dispatch } from './between.js' */
/** @import { BetweenSlider, BetweenWay } from '../panels.js' */

/** @param {Elements} elements @param {Dispatch} dispatch */
export function listenToSlider({ ways, find }, dispatch) {
  /** @type {HTMLInputElement} */
  const slider = find('share');
  find('measure').addEventListener('click', () => dispatch({ type: 'toggleMeasuring' }));
  for (const button of ways) {
    const way = /** @type {BetweenWay} */ (button.dataset.way);
    button.addEventListener('click', () => dispatch({ type: 'chooseWay', way }));
  }
  slider.addEventListener('input', () => dispatch({ type: 'moveSlider', step: Number(slider.value) }));
  slider.addEventListener('pointerdown', event => {
    if (presses(event)) dispatch({ type: 'pressSlider', pointer: event.pointerId });
  });
  slider.addEventListener('keydown', () => dispatch({ type: 'pressSliderKey' }));
  slider.addEventListener('change', () => dispatch({ type: 'movedSlider' }));
  slider.addEventListener('blur', () => dispatch({ type: 'leaveSlider' }));
  for (const kind of /** @type {const} */ (['pointerup', 'lostpointercapture'])) {
    slider.addEventListener(kind, ({ pointerId }) => dispatch({ type: 'liftSlider', pointer: pointerId }));
  }
  slider.addEventListener('pointercancel', ({ pointerId }) => {
    dispatch({ type: 'scrollSlider', pointer: pointerId });
    // A step that is the same as before is not drawn again.
    slider.value = slider.dataset.step;
  });
}

/** @param {Elements} elements @param {BetweenSlider} model */
export function showSlider({ ways, output, find }, model) {
  for (const button of ways) button.setAttribute('aria-pressed', String(button.dataset.way === model.way));
  /** @type {HTMLInputElement} */
  const slider = find('share');
  slider.disabled = !model.isReady;
  slider.max = String(model.last);
  slider.value = slider.dataset.step = String(model.step);
  slider.style.setProperty('--level', `${(100 * model.step) / model.last}%`);
  slider.setAttribute('aria-valuetext', say('share', { percent: model.percent }));
  output.textContent = model.isReady && model.isHere ? `${model.percent} %` : '';
  const progress = find('progress');
  progress.hidden = model.share === null;
  progress.setAttribute('value', String(model.share ?? 0));
  setHidden(find('measure'), !model.canMeasure, () => slider);
  find('measure').textContent = say(model.share === null ? 'measure' : 'stop');
}
