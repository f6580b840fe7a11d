// “Sing a loop”: a person hums or beatboxes, and hears it as a loop before it is kept. Loaded on demand. Draws the
// model of crate/page/play/src/panels/sing/, dispatches what a person does, and performs the tasks. Decides nothing.
import { showPlaying } from '../panel/round-button.js';
import { SoundStore } from '../panel/sounds.js';
import { tell } from '../panel/status.js';
import { addStyles } from '../panel/styles.js';
import { performTasks } from '../panel/tasks.js';
import { build as buildElements } from './markup.js';
import { performers } from './performers.js';
import { drawNotes, PitchLine } from './picture.js';
import { VoicePlayer } from './voice-player.js';
import { factsText, keepText, keptNames, refusalText, say, statusText } from './words.js';

/** @import { PanelPort } from '../app.js' */
/** @import { SingAction, SingAnswer, SingModel, SingTask } from '../panels.js' */
/** @typedef {ReturnType<typeof buildElements>} Elements */

/** Refusals that a press cannot mend. */
const FINAL = ['full', 'insecure'];

/** Builds it inside the page's element. @param {Element} place @param {PanelPort} port */
export function build(place, port) {
  addStyles(/** @type {any} */ (self).__STYLES__);
  const elements = buildElements(place);
  const sounds = /** @type {SoundStore<{ samples: Float32Array }>} */ (new SoundStore());
  const picture = /** @type {SVGElement} */ (/** @type {unknown} */ (elements.find('picture')));
  const line = new PitchLine(picture);
  const player = new VoicePlayer(() => port.volume());
  /** @type {{ shown?: SingModel }} */
  const last = {};
  listen(elements, port, last);
  performTasks(
    port,
    /** @type {import('../panel/tasks.js').Performers<SingTask, SingAnswer>} */ (
      performers(port, sounds, (samples, rate_hz) => {
        if (last.shown?.stage === 'recording') line.add(samples, rate_hz);
      })
    ),
  );
  port.subscribe((/** @type {SingModel} */ model) => {
    if (model.stage !== last.shown?.stage) line.clear();
    last.shown = model;
    show(elements, model, picture);
    player.show(model.voice, sound => sounds.samples(sound));
  });
}

/** @param {Elements} elements @param {PanelPort} port @param {{ shown?: SingModel }} last */
function listen({ find }, port, last) {
  const dispatch = (/** @type {SingAction} */ action) => port.dispatch(action);
  /** @param {string} id @param {() => void} act */
  const press = (id, act) => find(id).addEventListener('click', act);
  press('close', () => port.close());
  press('main', () => {
    const { shown } = last;
    if (shown?.stage === 'ready') dispatch({ type: 'record' });
    if (shown?.stage === 'asking' || shown?.stage === 'recording') dispatch({ type: 'finish' });
    if (shown?.stage === 'found') dispatch({ type: 'keep', names: keptNames(shown) });
  });
  press('again', () => dispatch({ type: 'record' }));
  press('play', () => dispatch({ type: 'togglePlaying' }));
  press('voice', () => dispatch({ type: 'hearVoice', isVoice: true }));
  press('instrument', () => dispatch({ type: 'hearVoice', isVoice: false }));
  press('tune', () => dispatch({ type: 'setInTune', isInTune: true }));
  press('free', () => dispatch({ type: 'setInTune', isInTune: false }));
  const chooser = /** @type {HTMLInputElement} */ (find('file'));
  press('choose', () => chooser.click());
  chooser.addEventListener('change', () => {
    const [file] = chooser.files ?? [];
    if (file) dispatch({ type: 'takeFile', file: port.keepFile(file) });
    // The same file can be chosen again.
    chooser.value = '';
  });
}

/** @param {Elements} elements @param {SingModel} model @param {SVGElement} picture */
function show(elements, model, picture) {
  const { area, opener, find } = elements;
  const { stage, refusal, isOpen } = model;
  area.dataset.stage = stage;
  find('about').hidden = stage !== 'ready' || refusal !== null;
  find('headphones').hidden = !model.hasOthers;
  find('facts').textContent = stage === 'found' ? factsText(model) : '';
  tell(find('said'), statusText(model));
  find('refusal').hidden = refusal === null;
  tell(find('why'), refusal ? refusalText(refusal) : '');
  picture.toggleAttribute('hidden', stage !== 'found' && stage !== 'recording');
  if (stage === 'found') drawNotes(picture, model);
  showPlayer(find, model);
  showFoot(find, model);
  opener.setAttribute('aria-expanded', String(isOpen));
  if (isOpen !== area.hidden) return;
  area.hidden = !isOpen;
  if (isOpen) area.scrollIntoView({ block: 'nearest' });
  (isOpen ? find('main') : opener).focus({ preventScroll: true });
}

/** @param {Elements['find']} find @param {SingModel} model */
function showPlayer(find, { stage, isPlaying, isVoice, style }) {
  find('player').hidden = stage !== 'found';
  const pressed = (/** @type {string} */ id, /** @type {boolean} */ is) =>
    find(id).setAttribute('aria-pressed', String(is));
  showPlaying(find('play'), isPlaying);
  pressed('voice', isVoice);
  pressed('instrument', !isVoice);
  pressed('tune', style === 'inTune');
  pressed('free', style === 'asSung');
}

/** One main button for each stage: the focus stays on it. @param {Elements['find']} find @param {SingModel} model */
function showFoot(find, { stage, refusal, numbers }) {
  const main = find('main');
  const isReady = stage === 'ready';
  const isFinal = isReady && refusal !== null && FINAL.includes(refusal);
  const texts = {
    ready: refusal ? say('try_again') : say('start'),
    asking: say('cancel'),
    recording: say('done'),
    hearing: say('wait'),
    found: stage === 'found' ? keepText(numbers) : '',
  };
  if (main.textContent !== texts[stage]) main.textContent = texts[stage];
  main.setAttribute('aria-disabled', String(stage === 'hearing' || isFinal));
  const hide = (/** @type {string} */ id, /** @type {boolean} */ isHidden) => {
    const element = find(id);
    if (isHidden && element === document.activeElement) main.focus({ preventScroll: true });
    element.hidden = isHidden;
  };
  hide('choose', !isReady || refusal === 'full');
  hide('again', stage !== 'found');
}
