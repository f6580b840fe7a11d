// “From sounds…” of an instrument of recorded tones: a sound with the timbre of the instrument, and sounds between two
// sounds. Loaded on demand. Draws the model of crate/page/play/src/panels/tone_sounds/ and dispatches its actions.
// Decides nothing.
import { Recorder } from '../match/recorder.js';
import { setHidden } from '../panel/hide.js';
import { levelled, Player } from '../panel/player.js';
import { SoundStore } from '../panel/sounds.js';
import { tell } from '../panel/status.js';
import { addStyles } from '../panel/styles.js';
import { performTasks } from '../panel/tasks.js';
import { CurveDrawing } from './curve.js';
import { MapDrawing } from './map-drawing.js';
import { build as buildElements, PLACES, showPercent, SIDES, WAYS } from './markup.js';
import { performers } from './performers.js';
import { nameText, speechText } from './sentences.js';
import { Transforms } from './transforms.js';
import { say } from './words.js';

/** @import { PanelPort } from '../app.js' */
/** @import { ToneSoundsAction, ToneSoundsModel, ToneSpeechModel } from '../panels.js' */
/** @typedef {typeof PLACES[number]} PlaceName */
/** @typedef {(action: ToneSoundsAction) => void} Dispatch */
/** @typedef {ReturnType<typeof buildElements>} Elements */
/**
 * The elements, the button that opens the panel, and the components that draw or play.
 * @typedef {object} Shown
 * @property {Elements} elements
 * @property {HTMLElement} opener
 * @property {CurveDrawing} curve
 * @property {MapDrawing} map
 * @property {Player} player
 * @property {SoundStore<import('./performers.js').ToneSound>} sounds
 */

/** Builds it inside `place`. @param {Element} place @param {PanelPort} port @param {HTMLElement} opener its button */
export function build(place, port, opener) {
  addStyles(/** @type {any} */ (self).__STYLES__);
  const dispatch = (/** @type {ToneSoundsAction} */ action) => port.dispatch(action);
  const elements = buildElements(place, [...port.toneNames(), say('textures')]);
  const { find } = elements;
  const sounds = /** @type {Shown['sounds']} */ (new SoundStore());
  const transforms = new Transforms(name => port.address(name));
  const recorder = new Recorder(find('level'));
  const curve = new CurveDrawing(find('curve'), dispatch);
  const map = new MapDrawing(elements.map, elements.dots);
  const player = new Player(
    () => port.volume(),
    count => dispatch({ type: 'played', count }),
  );
  listen(elements, port, dispatch);
  performTasks(port, performers({ port, sounds, transforms, recorder }));
  const shown = { elements, opener, curve, map, player, sounds };
  port.subscribe((/** @type {ToneSoundsModel} */ model) => show(shown, model));
}

/** @param {Elements} elements @param {PanelPort} port @param {Dispatch} dispatch */
function listen({ rows, domains, sides, strength, share, ways, align, find }, port, dispatch) {
  /** @param {Element} button @param {() => void} act */
  const press = (button, act) => button.addEventListener('click', act);
  for (const [at, row] of rows.entries()) listenToRow(row, PLACES[at], port, dispatch);
  for (const [through, button] of domains.entries()) press(button, () => dispatch({ type: 'chooseThrough', through }));
  for (const [at, button] of sides.entries()) press(button, () => dispatch({ type: 'hear', side: SIDES[at] }));
  for (const [at, button] of ways.entries()) press(button, () => dispatch({ type: 'chooseWay', way: WAYS[at] }));
  strength.slider.addEventListener('input', () => {
    dispatch({ type: 'setStrength', share: Number(strength.slider.value) });
  });
  share.slider.addEventListener('input', () => dispatch({ type: 'setShare', share: Number(share.slider.value) }));
  press(align, () => dispatch({ type: 'toggleAligned' }));
  press(find('play'), () => dispatch({ type: 'togglePlaying' }));
  press(find('save'), () => dispatch({ type: 'save' }));
  press(find('close'), () => port.close());
}

/** @param {Elements['rows'][number]} row @param {PlaceName} place @param {PanelPort} port @param {Dispatch} dispatch */
function listenToRow({ choose, record, example, remove, file }, place, port, dispatch) {
  choose.addEventListener('click', () => {
    dispatch({ type: 'askForFile', place });
    file.click();
  });
  file.addEventListener('change', () => {
    const [given] = file.files ?? [];
    if (given) dispatch({ type: 'takeFile', place, file: port.keepFile(given), name: given.name });
    // The same file can be chosen again.
    file.value = '';
  });
  record.addEventListener('click', () => dispatch({ type: 'record', place }));
  example.addEventListener('click', () => dispatch({ type: 'takeExample', place, name: say(`name_${place}`) }));
  remove.addEventListener('click', () => dispatch({ type: 'remove', place }));
}

/** @param {Shown} shown @param {ToneSoundsModel} model */
function show(shown, model) {
  const { elements, curve, map, player, sounds } = shown;
  const { drawn, player: played } = model.result;
  showRows(elements, model);
  showSettings(elements, model);
  curve.show(model.curve);
  showOpen(shown, model);
  map.show((drawn !== null && sounds.get(drawn)?.points) || []);
  player.show(played, sound => levelled(sounds.samples(sound)));
  showSpeech(elements, model.speech);
}

/** Shows or hides the panel. @param {Shown} shown @param {ToneSoundsModel} model */
function showOpen({ elements: { area }, opener }, { isOpen, brought }) {
  const isBrought = area.dataset.brought !== String(brought);
  area.dataset.brought = String(brought);
  if (isOpen && area.hidden) {
    area.hidden = false;
    opener.hidden = true;
    area.querySelector('button')?.focus({ preventScroll: true });
    area.scrollIntoView({ block: 'nearest' });
  } else if (!isOpen && !area.hidden) {
    const hadFocus = area.contains(document.activeElement);
    area.hidden = true;
    opener.hidden = false;
    if (hadFocus) opener.focus({ preventScroll: true });
  } else if (isBrought) {
    area.scrollIntoView({ block: 'nearest' });
  }
}

/** @param {Elements} elements @param {ToneSoundsModel} model */
function showRows({ rows, find }, { places, recording }) {
  const level = find('level');
  for (const [at, { element, name, record, recordText, remove, choose }] of rows.entries()) {
    const isRecording = recording === PLACES[at];
    const text = nameText(places[at]);
    name.title = text;
    tell(name, text);
    setHidden(remove, places[at].name === null, () => choose);
    // Not as pressed: the text says it.
    record.dataset.recording = String(isRecording);
    tell(recordText, say(isRecording ? 'stop_recording' : 'record'));
    if (isRecording && level.parentElement !== element) element.append(level);
  }
  level.hidden = recording === null;
}

/** @param {Elements} elements @param {ToneSoundsModel} model */
function showSettings({ domains, sides, strength, share, ways, align, find }, model) {
  const { through, way, result } = model;
  const isTwo = model.places[1].name !== null;
  find('result').hidden = model.places[0].name === null;
  find('textures').hidden = !model.isTextures;
  strength.element.hidden = isTwo;
  share.element.hidden = !isTwo || way === 'drawn';
  find('options').hidden = !isTwo;
  find('curve').hidden = !isTwo || way !== 'drawn';
  sides[1].hidden = !isTwo;
  showPercent(strength, model.strength);
  showPercent(share, model.share);
  for (const [at, button] of domains.entries()) setPressed(button, at === through);
  for (const [at, button] of ways.entries()) setPressed(button, WAYS[at] === way);
  for (const [at, button] of sides.entries()) setPressed(button, SIDES[at] === result.heard);
  setPressed(align, model.isAligned);
  setPressed(find('play'), result.isPlaying);
  find('save').setAttribute('aria-disabled', String(!result.canSave));
}

/** @param {Element} button @param {boolean} isPressed */
const setPressed = (button, isPressed) => button.setAttribute('aria-pressed', String(isPressed));

/** @param {Elements} elements @param {ToneSpeechModel} speech */
function showSpeech({ rows, find }, speech) {
  const status = find('status');
  const { place, said } = speech;
  // The sentence stands with the sound whose button was pressed, or with the result.
  if (place === 'result') {
    if (find('save').nextElementSibling !== status) find('save').after(status);
  } else if (place !== null) {
    const { element } = rows[PLACES.indexOf(place)];
    if (status.parentElement !== element) element.append(status);
  }
  // Not spoken each second: the microphone would hear it.
  status.ariaLive = said?.type === 'recording' && said.seconds > 0 ? 'off' : 'polite';
  const text = speechText(speech);
  const isNews = status.textContent !== text;
  tell(status, text, speech.refusals.length > 0 || said?.type === 'problem');
  if (!isNews || said?.type !== 'done') return;
  // The result and what plays it may be far below.
  for (const id of ['play', 'status']) find(id).scrollIntoView({ block: 'nearest' });
}
