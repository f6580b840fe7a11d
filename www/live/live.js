// “Play by voice…”: the microphone plays the current sound. Loaded on demand. Draws the model of
// crate/page/play/src/panels/live/ and performs its task, listening. Decides nothing.
import { tell, told } from '../panel/status.js';
import { addStyles } from '../panel/styles.js';
import { performTasks } from '../panel/tasks.js';
import { listen } from './listening.js';
import { build as buildElements } from './markup.js';
import { latencyTexts, pitchText, say } from './words.js';

/** @import { PanelPort } from '../app.js' */
/** @import { LiveModel, LiveTask, LiveAnswer, HeardVoice } from '../panels.js' */
/** @typedef {import('../panel/tasks.js').Performers<LiveTask, LiveAnswer>} LivePerformers */
/** @typedef {ReturnType<typeof buildElements>} Elements */

/** Builds it inside the page's element. @param {Element} place @param {PanelPort} port */
export function build(place, port) {
  addStyles(/** @type {any} */ (self).__STYLES__);
  const elements = buildElements(place);
  performTasks(port, /** @type {LivePerformers} */ ({ listen: (_task, report) => listen(port, report) }));
  port.subscribe((/** @type {LiveModel} */ model) => show(elements, model));
}

/** @param {Elements} elements @param {LiveModel} model */
function show({ area, opener, status, find }, { isOn, voice, problem }) {
  opener.dataset.live = String(isOn);
  tell(opener, say(isOn ? 'stop' : 'start'));
  const isAsking = isOn && !voice;
  const isNews = problem !== null && told(status) !== say(problem);
  const mending = { words: say('try_again'), control: opener };
  tell(status, problem ? say(problem) : isAsking ? say('asking') : '', problem !== null, mending);
  if (isNews) status.scrollIntoView({ block: 'nearest' });
  if (voice) showVoice(find, voice);
  if (area.hidden === !voice) return;
  area.hidden = !voice;
  if (!voice) return;
  area.scrollIntoView({ block: 'nearest' });
  // The button that stops it stays in sight.
  opener.scrollIntoView({ block: 'nearest' });
}

/** @param {Elements['find']} find @param {HeardVoice} voice */
function showVoice(find, { level, levelDb, pitch, latency, movesBrightness }) {
  const meter = find('level');
  meter.style.setProperty('--level', String(level));
  if (levelDb !== null) meter.setAttribute('aria-valuenow', String(levelDb));
  tell(find('note'), pitch === null ? say('no_note') : pitchText(pitch));
  if (latency === null) return;
  const { value, about } = latencyTexts(latency);
  tell(find('latency'), value);
  tell(find('latency-about'), about);
  tell(find('brightness'), say(movesBrightness ? 'brightness_follows' : 'brightness_unmeasured'));
}
