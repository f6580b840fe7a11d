// “From a sound…”: a person gives a sound, the page searches for patches that sound like it, or sketches it as a melody
// or a rhythm; the target and the answers are heard, and one is kept. Loaded on demand. Draws the model of
// crate/page/play/src/panels/sound_match/, dispatches what a person does, and performs the tasks (performers.js).
// Decides nothing.
import { showOpen } from '../panel/opening.js';
import { Player } from '../panel/player.js';
import { SoundStore } from '../panel/sounds.js';
import { tell } from '../panel/status.js';
import { addStyles } from '../panel/styles.js';
import { performTasks } from '../panel/tasks.js';
import { showAbout, showAnswers } from './answers.js';
import { showLeftOver } from './left-over.js';
import { build as buildElements } from './markup.js';
import { Marks } from './marks.js';
import { showOffer } from './offers.js';
import { PartView } from './part.js';
import { performers } from './performers.js';
import { Recorder } from './recorder.js';
import { RhythmSearch } from './rhythm.js';
import { Search } from './search.js';
import { showSketch } from './sketch.js';
import { Spectrograms } from './spectrograms.js';
import { answerName, statusText } from './sentences.js';
import { say } from './words.js';

/** @import { PanelPort } from '../app.js' */
/** @import { MatchAction, MatchAnswer, MatchKind, MatchModel, MatchPart, MatchTask } from '../panels.js' */
/** @typedef {ReturnType<typeof buildElements>} Elements */
/** @typedef {SoundStore<import('./performers.js').MatchSound>} Sounds */
/**
 * The components that draw or play.
 * @typedef {{
 *   elements: Elements, marks: Marks, part: PartView, player: Player, spectrograms: Spectrograms, sounds: Sounds,
 * }} Shown
 */

/** Builds it inside the page's element. @param {Element} place @param {PanelPort} port */
export function build(place, port) {
  addStyles(/** @type {any} */ (self).__STYLES__);
  const dispatch = (/** @type {MatchAction} */ action) => port.dispatch(action);
  const elements = buildElements(place);
  const { find } = elements;
  const search = new Search(port);
  const sounds = /** @type {Sounds} */ (new SoundStore());
  const canvases = { target: find('target-spectrogram'), answer: find('answer-spectrogram') };
  const spectrograms = new Spectrograms(
    /** @type {any} */ (canvases),
    samples => search.spectrogram(samples),
    port.palette(),
  );
  const player = new Player(
    () => port.volume(),
    count => dispatch({ type: 'played', count }),
  );
  const marks = new Marks(strand => dispatch({ type: 'hearStrand', strand, isAlone: true }));
  const part = new PartView(find, sound => sounds.samples(sound), dispatch);
  const recorder = new Recorder(find('level'));
  const rhythm = new RhythmSearch(search);
  const wave = /** @type {SVGElement} */ (/** @type {unknown} */ (find('wave')));
  listen(elements, port, dispatch);
  const performed = performers({ port, sounds, search, rhythm, recorder, spectrograms, wave });
  performTasks(port, /** @type {import('../panel/tasks.js').Performers<MatchTask, MatchAnswer>} */ (performed));
  const shown = { elements, marks, part, player, spectrograms, sounds };
  port.subscribe((/** @type {MatchModel} */ model) => show(shown, model));
}

/** @param {Elements} elements @param {PanelPort} port @param {(action: MatchAction) => void} dispatch */
function listen({ find, answers, kinds, parts }, port, dispatch) {
  /** @param {Element} button @param {() => void} act */
  const press = (button, act) => button.addEventListener('click', act);
  const chooser = /** @type {HTMLInputElement} */ (find('file'));
  press(find('close'), () => port.close());
  press(find('choose'), () => chooser.click());
  chooser.addEventListener('change', () => {
    const [file] = chooser.files ?? [];
    if (file) dispatch({ type: 'takeFile', file: port.keepFile(file), name: file.name });
    // The same file can be chosen again.
    chooser.value = '';
  });
  press(find('record'), () => dispatch({ type: 'record' }));
  for (const button of kinds) {
    press(button, () => dispatch({ type: 'choose', kind: /** @type {MatchKind} */ (button.dataset.kind) }));
  }
  press(find('play'), () => dispatch({ type: 'togglePlaying' }));
  press(find('target'), () => dispatch({ type: 'hearTarget' }));
  press(find('answer'), () => dispatch({ type: 'hearAnswer' }));
  answers.forEach((button, strand) => press(button, () => dispatch({ type: 'hearStrand', strand, isAlone: true })));
  press(find('melody'), () => dispatch({ type: 'saveNotes' }));
  // The buttons below it do the same for the keyboard.
  find('strands').addEventListener('click', ({ target }) => {
    const strand = target instanceof Element && target.closest('[data-strand]')?.getAttribute('data-strand');
    if (strand) dispatch({ type: 'hearStrand', strand: Number(strand), isAlone: false });
  });
  for (const button of parts) {
    press(button, () => dispatch({ type: 'togglePart', part: /** @type {MatchPart} */ (button.dataset.part) }));
  }
  press(find('take-offer'), () => dispatch({ type: 'takeOffer' }));
  press(find('keep'), () => dispatch({ type: 'keep' }));
  press(find('again'), () => dispatch({ type: 'again' }));
}

/** @param {Shown} shown @param {MatchModel} model */
function show({ elements, marks, part, player, spectrograms, sounds }, model) {
  const { area, find, kinds, opener } = elements;
  const { kind, search } = model;
  placeWays(elements, model.target !== null);
  showOpen(model.isOpen, { area, opener, first: find(model.target ? 'play' : 'choose') });
  showStatus(elements, model);
  area.dataset.kind = kind;
  for (const button of kinds) button.setAttribute('aria-pressed', String(button.dataset.kind === model.pressed));
  showRecording(elements, model.isRecording);
  showAbout(find, model);
  showOffer(find, model);
  showAnswers(elements, model);
  part.show(model.target?.part);
  showSketch(find, model, sound => sounds.get(sound)?.contours);
  showLeftOver(find, model.leftOver);
  find('answer-name').textContent = answerName(model.answerName);
  if (!model.hasPicture) spectrograms.clearAnswer();
  marks.show(model.marks, search.chosen, kind === 'rhythm' ? 'hear_kind' : 'hear_number');
  player.show(model.hearing.player, sound => sounds.samples(sound));
  showBegin(area, model);
}

/**
 * A search that begins is seen from the title on; but one for another part of the same sound leaves the part in sight, so
 * that it can be changed further.
 * @param {HTMLElement} area @param {MatchModel} model
 */
function showBegin(area, { search, target }) {
  const run = String(search.run);
  if (area.dataset.run === run) return;
  const { sound, from_s, to_s } = target?.part ?? {};
  const [before, part] = [area.dataset.part ?? '', [sound, from_s, to_s].join()];
  const isOtherPart = before !== part && before.startsWith(`${sound},`);
  if (search.isRunning && !isOtherPart) area.scrollIntoView({ block: 'start' });
  area.dataset.run = run;
  area.dataset.part = part;
}

/** @param {Elements} elements @param {MatchModel} model */
function showStatus({ status, find }, { status: said }) {
  // Not spoken each second: the microphone would hear it.
  const isSpoken = !said.some(sentence => sentence.type === 'recording' && sentence.seconds > 0);
  status.ariaLive = isSpoken ? 'polite' : 'off';
  const refused = said.find(sentence => sentence.type === 'refused');
  const isUnheard = refused?.refusal.startsWith('microphone_');
  const mending = isUnheard
    ? { words: say('try_again'), control: find('record') }
    : { words: say('choose_another'), control: find('choose') };
  // Without sound output the map is pressed next.
  const isMended = refused?.refusal !== 'no_sound';
  tell(status, statusText(said), refused !== undefined, isMended ? mending : undefined);
}

/** @param {Elements} elements @param {boolean} isRecording */
function showRecording({ find }, isRecording) {
  // Not as pressed: the text says it.
  find('record').dataset.recording = String(isRecording);
  find('record-text').textContent = say(isRecording ? 'stop_recording' : 'record');
  find('level').hidden = !isRecording;
}

/**
 * With a target the answers come first, and another sound can be given below them; without one the ways to give a sound
 * come first. An element that moves loses the focus.
 * @param {Elements} elements @param {boolean} hasTarget
 */
function placeWays({ find }, hasTarget) {
  const [found, hint, ways, kinds] = ['found', 'about', 'ways', 'kinds'].map(id => find(id));
  if (found.hidden !== hasTarget) return;
  const focused = document.activeElement;
  found.hidden = !hasTarget;
  hint.hidden = hasTarget;
  if (hasTarget) {
    found.after(ways);
    find('melody').after(kinds);
  } else {
    hint.after(kinds, ways);
  }
  if (focused instanceof HTMLElement && focused !== document.activeElement) focused.focus({ preventScroll: true });
}
