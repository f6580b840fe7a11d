// The live sound of an instrument of recorded tones, in Play: its chooser, its level, and the band-pass of the
// feedback. Draws its part of the model. Decides nothing.
import { tell } from '../panel/status.js';
import { numberText, say } from './words.js';

/** @import { LiveSource, LiveSoundModel, TonesAction } from '../panels.js' */

/** The sources, in the order of the chooser. */
const SOURCES = /** @type {const} */ (['off', 'microphone', 'amsynth', 'feedback']);

const SLIDER = (/** @type {'frequency' | 'quality'} */ name) => `
<label class="tone-axis"><span>${say(name)}</span><input class="slider" id="tones-${name}" type="range"
  min="0" max="1" step="0.005" value="0.5"><output aria-live="off"></output></label>`;

const ROW = () => `<span>${say('live')}</span><select id="tones-live"></select>`;

const AREA = () => `
<div class="tone-level" id="tones-level" role="meter"
  aria-valuemin="0" aria-valuemax="100" aria-valuenow="0" hidden></div>
<p class="hint" id="tones-live-about" role="status"></p>
<div class="tone-axes" id="tones-feedback" hidden>${SLIDER('frequency')}${SLIDER('quality')}</div>`;

/** The states in which there is no live sound, though a person has chosen one. @type {string[]} */
const ERRORS = ['noSound', 'soundLost', 'failed'];

/** The sentence about the live sound. @param {LiveSoundModel} live */
function sentence({ source, status }) {
  switch (status.type) {
    case 'off':
      return '';
    case 'asking':
      return say('asking');
    case 'noSound':
      return say('no_sound');
    case 'soundLost':
      return say('sound_lost');
    case 'failed':
      return say(status.problem);
    case 'plays': {
      const about = source === 'off' ? '' : say(`live_${source}_about`);
      return source === 'feedback' ? about : `${about} ${say('latency', { own: status.latencyMs })}`;
    }
  }
}

export class LiveDrawing {
  #row;
  #area;
  #chooser;

  /** @param {HTMLElement} row @param {HTMLElement} area @param {(action: TonesAction) => void} dispatch */
  constructor(row, area, dispatch) {
    this.#row = row;
    this.#area = area;
    row.innerHTML = ROW();
    area.innerHTML = AREA();
    row.hidden = area.hidden = false;
    const chooser = (this.#chooser = /** @type {HTMLSelectElement} */ (row.querySelector('select')));
    chooser.replaceChildren(...SOURCES.map(source => new Option(say(`live_${source}`))));
    chooser.addEventListener('change', () => {
      dispatch({ type: 'chooseLive', source: SOURCES[chooser.selectedIndex] });
    });
    const frequency = this.#slider('frequency');
    frequency.addEventListener('input', () => dispatch({ type: 'setFrequency', share: Number(frequency.value) }));
    const quality = this.#slider('quality');
    quality.addEventListener('input', () => dispatch({ type: 'setQuality', share: Number(quality.value) }));
  }

  /** @param {LiveSoundModel} live */
  show(live) {
    this.#chooser.selectedIndex = SOURCES.indexOf(live.source);
    this.#row.classList.toggle('on', live.source !== 'off');
    this.#find('feedback').hidden = live.source !== 'feedback';
    const level = this.#find('level');
    level.hidden = !live.isMetered;
    level.setAttribute('aria-label', say(live.source === 'microphone' ? 'level' : 'tones_level'));
    const { frequency, frequencyHz, quality, qualityFactor } = live.feedback;
    this.#showSlider('frequency', frequency, `${numberText(frequencyHz, 0)} Hz`);
    this.#showSlider('quality', quality, numberText(qualityFactor, 1));
    this.#tell(sentence(live), ERRORS.includes(live.status.type));
  }

  /** @param {number} share of full scale, evenly for the ear, 0…1 */
  showLevel(share) {
    const level = this.#find('level');
    level.style.setProperty('--level', String(share));
    level.setAttribute('aria-valuenow', String(Math.round(100 * share)));
  }

  /** @param {string} text @param {boolean} isError */
  #tell(text, isError) {
    const about = this.#find('live-about');
    const isNews = about.textContent !== text;
    tell(about, text, isError);
    if (!isNews) return;
    // It may lie below the panel's edge.
    if (text) this.#area.scrollIntoView({ block: 'nearest' });
  }

  /** @param {'frequency' | 'quality'} name @param {number} share @param {string} text */
  #showSlider(name, share, text) {
    const slider = this.#slider(name);
    slider.value = String(share);
    slider.style.setProperty('--level', `${100 * share}%`);
    slider.setAttribute('aria-valuetext', text);
    const output = slider.nextElementSibling;
    if (output) output.textContent = text;
  }

  /** @param {'frequency' | 'quality'} name */
  #slider(name) {
    return /** @type {HTMLInputElement} */ (this.#find(name));
  }

  /** @param {string} id @returns {HTMLElement} */
  #find(id) {
    return /** @type {HTMLElement} */ (this.#area.querySelector(`#tones-${id}`));
  }
}
