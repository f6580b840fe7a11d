// The macro-controls: eight sliders, each of which changes one property of the current sound and leaves the others
// nearly as they are. Loaded on demand. Draws the model of crate/page/play/src/panels/macros/, dispatches what a person
// does, and performs the tasks of measuring and drawing. Decides nothing.
import { setDisabled, setHidden } from '../panel/hide.js';
import { showOpen } from '../panel/opening.js';
import { tell, tellProgress } from '../panel/status.js';
import { addStyles } from '../panel/styles.js';
import { performTasks } from '../panel/tasks.js';
import { workerHost } from '../workers/host.js';
import { build as buildElements } from './markup.js';
import { Measuring } from './measuring.js';
import { MacroPicture } from './picture.js';
import { PROPERTIES } from './properties.js';
import { learningText, remarkTexts, say, statusText, valueTexts } from './words.js';

/** @import { PanelPort } from '../app.js' */
/** @import { MacrosAction, MacrosAnswer, MacrosModel, MacrosTask } from '../panels.js' */
/** @typedef {ReturnType<typeof buildElements>} Elements */

/** Builds the macro-controls inside the page's element. @param {Element} place @param {PanelPort} port */
export function build(place, port) {
  addStyles(/** @type {any} */ (self).__STYLES__);
  const elements = buildElements(place);
  const measuring = new Measuring(workerHost(port));
  const picture = new MacroPicture(elements.find('picture'), measuring, port.palette());
  listen(elements, port);
  perform(port, measuring, picture);
  port.subscribe((/** @type {MacrosModel} */ model) => show(elements, picture, model));
}

/** @param {Elements} elements @param {PanelPort} port */
function listen({ sliders, find }, port) {
  const dispatch = (/** @type {MacrosAction} */ action) => port.dispatch(action);
  find('close').addEventListener('click', () => port.close());
  find('measure').addEventListener('click', () => dispatch({ type: 'toggleMeasuring' }));
  find('reset').addEventListener('click', () => dispatch({ type: 'reset' }));
  find('learn').addEventListener('click', () => dispatch({ type: 'toggleLearning' }));
  find('unlearn').addEventListener('click', () => dispatch({ type: 'unlearn' }));
  for (const [place, slider] of sliders.entries()) {
    slider.addEventListener('input', () => dispatch({ type: 'move', place, amount: Number(slider.value) }));
    slider.addEventListener('pointerdown', ({ pointerType }) => {
      dispatch({ type: 'press', place, isTouch: pointerType === 'touch' });
    });
    // After the slider has taken the tap itself.
    slider.addEventListener('pointerup', () => requestAnimationFrame(() => dispatch({ type: 'lift', place })));
    slider.addEventListener('pointercancel', () => dispatch({ type: 'scroll', place }));
    slider.addEventListener('keydown', () => dispatch({ type: 'pressKey' }));
    slider.addEventListener('change', () => dispatch({ type: 'moved' }));
    slider.addEventListener('dblclick', () => dispatch({ type: 'zero', place }));
    slider.addEventListener('focus', () => dispatch({ type: 'focus', place }));
  }
}

/** @param {PanelPort} port @param {Measuring} measuring @param {MacroPicture} picture */
function perform(port, measuring, picture) {
  performTasks(
    port,
    /** @type {import('../panel/tasks.js').Performers<MacrosTask, MacrosAnswer>} */ ({
      find: ({ patch, locked, key }, { signal, progress, answer }) => {
        picture.forget();
        return measuring.find(patch, locked, key, signal, progress, reach => answer({ type: 'reach', reach }));
      },
      prefer: ({ place }) => measuring.prefer(place),
      compute: async ({ amounts }, { signal, answer }) => {
        answer({ type: 'patch', patch: [...(await measuring.patch(amounts, signal))] });
      },
      measure: async ({ patch, key }, { signal, answer }) => {
        answer({ type: 'points', points: await measuring.points(patch, key, signal) });
      },
      draw: ({ place }, { signal }) => picture.draw(place, signal),
      free: ({ keepsFound }) => measuring.free(keepsFound),
    }),
  );
}

/** @param {Elements} elements @param {MacroPicture} picture @param {MacrosModel} model */
function show(elements, picture, model) {
  const { area, opener, sliders, find } = elements;
  const firstMoving = sliders[model.sliders.findIndex(({ isFixed }) => !isFixed)];
  const more = /** @type {HTMLElement} */ (find('more').querySelector('summary'));
  const next = () => firstMoving ?? more;
  showOpen(model.isOpen, { area, opener, first: more });
  for (const place of sliders.keys()) showSlider(elements, place, model);
  picture.show(model.picture);
  find('reset').setAttribute('aria-disabled', String(!model.canReset));
  const progress = find('progress');
  // It keeps its place: the sliders below must not move.
  progress.style.visibility = model.share === null ? 'hidden' : '';
  progress.setAttribute('value', String(model.share ?? 0));
  const measure = find('measure');
  setHidden(measure, !model.canMeasure, next);
  measure.textContent = say(model.status.type === 'measuring' ? 'stop' : 'measure');
  const state = find('state');
  if (model.remark) tell(state, remarkTexts(model.remark).sentence);
  else if (model.status.type === 'measuring') tellProgress(state, statusText(model));
  else tell(state, statusText(model), model.status.type === 'problem');
  find('learn').setAttribute('aria-pressed', String(model.learning.type !== 'off'));
  find('learn-state').textContent = learningText(model.learning);
  find('unlearn').hidden = !model.canUnlearn;
}

/** @param {Elements} elements @param {number} place @param {MacrosModel} model */
function showSlider({ sliders, outputs, ends, controllers, find }, place, { sliders: models, remark }) {
  const model = models[place];
  const slider = sliders[place];
  setDisabled(slider, model.isFixed, () => /** @type {HTMLElement} */ (find('more').querySelector('summary')));
  slider.value = String(model.amount);
  slider.style.setProperty('--level', `${50 + 50 * model.amount}%`);
  const { shown, spoken } = valueTexts(model);
  outputs[place].textContent = shown;
  const isFixed = model.isMeasured && model.isFixed;
  slider.setAttribute('aria-valuetext', !model.isMeasured ? say('unmeasured') : isFixed ? say('fixed') : spoken);
  slider.title = isFixed ? say('fixed') : '';
  const isRemarked = remark?.place === place;
  ends[place].textContent = isRemarked ? remarkTexts(remark).short : say(`${PROPERTIES[place]}_ends`);
  ends[place].classList.toggle('is-remark', isRemarked);
  controllers[place].textContent = model.controller === null ? '' : say('controller', { controller: model.controller });
}
