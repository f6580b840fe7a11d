// A live sound through an instrument of recorded tones: the microphone, amSynth's own sound, or the tones themselves, in Play. Each
// keeps its pitch and its loudness; the point and the axes move its timbre (crate/tones/tone_voice).
import { COMMAND } from '../protocol.js';
import { closeMicrophone, onOtherListener, openMicrophone } from '../live/microphone.js';
import { onSilencing } from '../live/silencing.js';
import { meter } from '../match/microphone.js';
import { numberText, say } from './words.js';

/** @typedef {import('../app.js').PathPort} PathPort */

/** The kinds of live sound, in the order of their numbers in the command: none, the node's input, amSynth, the tones themselves. */
const KINDS = /** @type {const} */ (['live_off', 'live_microphone', 'live_amsynth', 'live_feedback']);
const OFF = 0, MICROPHONE = 1, AMSYNTH = 2, FEEDBACK = 3;
/** Frames from a sound to its tone at 44.1 kHz: half a window, and a hop; both are in proportion to the rate, in powers of two (frame_layout in crate/tones/frame_model). */
const LATENCY_FRAMES = 1024 + 256, LATENCY_RATE_HZ = 44_100;
/** The band-pass of the feedback: the ends of its sliders, which are those of crate/tones/tone_voice/src/feedback.rs but for rare ends. */
const FREQUENCIES_HZ = [60, 4000], QUALITIES = [0.5, 50];

/** A value between two ends, evenly for the ear. @param {number[]} ends @param {number} share 0…1 */
const between = ([low, high], share) => low * (high / low) ** share;

const HTML = () => `
<div class="tone-level" id="tones-level" role="meter" aria-valuemin="0" aria-valuemax="100" aria-valuenow="0" hidden></div>
<p class="hint" id="tones-live-about" role="status"></p>
<div class="tone-axes" id="tones-feedback" hidden>
<label class="tone-axis"><span>${say('frequency')}</span><input class="slider" id="tones-frequency" type="range" min="0" max="1" step="0.005" value="0.5"><output aria-live="off"></output></label>
<label class="tone-axis"><span>${say('quality')}</span><input class="slider" id="tones-quality" type="range" min="0" max="1" step="0.005" value="0.5"><output aria-live="off"></output></label>
</div>`;

export class LiveSound {
  #port;
  /** What is played, by its place in `KINDS`. */
  #kind = OFF;
  /** Counts the choices: what an earlier one brings is not wanted. */
  #turn = 0;
  /** The page's node that plays it. @type {AudioNode | undefined} */
  #node;
  /** @type {{ stream: MediaStream, source: AudioNode } | undefined} */
  #microphone;
  /** Ends the meter. @type {AbortController | undefined} */
  #metering;
  #chooser = document.createElement('select');
  #area = document.createElement('div');

  /** @param {PathPort} port */
  constructor(port) {
    this.#port = port;
    const row = document.createElement('label'), name = document.createElement('span');
    row.className = 'setting';
    row.id = 'tones-live-row';
    name.textContent = say('live');
    this.#chooser.id = 'tones-live';
    this.#chooser.replaceChildren(...KINDS.map(kind => new Option(say(kind))));
    row.append(name, this.#chooser);
    const settings = document.querySelector('#panel-play .settings');
    settings?.append(row);
    this.#area.className = 'tone-area';
    this.#area.id = 'tones-live-area';
    this.#area.innerHTML = HTML();
    settings?.after(this.#area);
    this.#chooser.addEventListener('change', () => this.#choose(this.#chooser.selectedIndex));
    for (const slider of this.#sliders()) slider.addEventListener('input', () => this.#tune());
    this.#showFeedback();
    // “Silence” ends every sound, and the next moment of a live one would begin it again.
    onSilencing(() => this.end());
    new MutationObserver(() => this.#resume()).observe(document.documentElement, { attributeFilter: ['data-playable'] });
    document.addEventListener('visibilitychange', () => { if (document.hidden) this.end(); });
    // Feedback and amSynth's own sound need no microphone.
    onOtherListener(this, () => { if (this.#chooser.selectedIndex === MICROPHONE) this.end(); });
  }

  /** Plays no live sound any more. @param {string} [sentence] why, if a person did not ask for it */
  end(sentence = '') {
    if (this.#kind !== OFF || this.#chooser.selectedIndex !== OFF) this.#choose(OFF);
    this.#say(sentence);
  }

  /** Once the sound has started again it has another node, which plays nothing live yet. Until then no microphone is open. */
  #resume() {
    const node = this.#playing(), kind = this.#chooser.selectedIndex;
    if (node === this.#node || kind === OFF) return;
    if (node) return this.#choose(kind);
    this.#node = undefined;
    this.#turn++;
    this.#disconnect();
    this.#say(say('sound_lost'));
  }

  /** The page's node, unless its sound is lost: a node that has ended is there until the next one. */
  #playing() {
    return document.documentElement.dataset.playable === 'yes' ? this.#port.node() : undefined;
  }

  /** @param {number} kind */
  async #choose(kind) {
    const turn = ++this.#turn;
    this.#chooser.selectedIndex = kind;
    this.#chooser.parentElement?.classList.toggle('on', kind !== OFF);
    // Keys and fingers play amSynth then, and its settings count.
    document.documentElement.toggleAttribute('data-live-amsynth', kind === AMSYNTH);
    this.#find('feedback').hidden = kind !== FEEDBACK;
    this.#disconnect();
    this.#send(OFF);
    const node = this.#node = this.#playing();
    if (kind === OFF || !node) return this.#say(kind === OFF ? '' : say('no_sound'));
    try {
      const context = /** @type {AudioContext} */ (node.context);
      context.resume().catch(() => {});
      if (kind === MICROPHONE) {
        this.#say(say('asking'));
        const stream = await openMicrophone(refusal => say(refusal), this);
        if (turn !== this.#turn) return closeMicrophone(stream);
        this.#connect(context, stream, node);
      }
      this.#send(kind);
      this.#meter(this.#microphone?.source ?? node);
      if (kind === FEEDBACK) this.#tune();
      const { sampleRate } = context, frames = LATENCY_FRAMES * 2 ** Math.round(Math.log2(sampleRate / LATENCY_RATE_HZ));
      const own = Math.round((1000 * frames) / sampleRate);
      const about = /** @type {Parameters<typeof say>[0]} */ (`${KINDS[kind]}_about`);
      this.#say(`${say(about)} ${kind === FEEDBACK ? '' : say('latency', { own })}`.trim());
    } catch (sentence) {
      if (turn === this.#turn) this.end(typeof sentence === 'string' ? sentence : say('unusable'));
    }
  }

  /** @param {AudioContext} context @param {MediaStream} stream @param {AudioNode} node */
  #connect(context, stream, node) {
    try {
      // In Firefox their rates must be equal.
      const source = context.createMediaStreamSource(stream);
      source.connect(node);
      this.#microphone = { stream, source };
    } catch (error) {
      closeMicrophone(stream);
      throw error;
    }
    for (const track of stream.getTracks()) track.onended = () => this.end(say('ended'));
  }

  /** Shows the level of the microphone, or of the tones: the page has no node that is amSynth's own sound. @param {AudioNode} source */
  #meter(source) {
    const level = this.#find('level');
    level.setAttribute('aria-label', say(this.#microphone ? 'level' : 'tones_level'));
    level.hidden = false;
    this.#metering = new AbortController();
    meter(source, share => this.#showLevel(share), this.#metering.signal);
  }

  /** @param {number} share of full scale, evenly for the ear, 0…1 */
  #showLevel(share) {
    const level = this.#find('level');
    level.style.setProperty('--level', String(share));
    level.setAttribute('aria-valuenow', String(Math.round(100 * share)));
  }

  #disconnect() {
    this.#metering?.abort();
    this.#metering = undefined;
    this.#find('level').hidden = true;
    if (!this.#microphone) return;
    const { stream, source } = this.#microphone;
    this.#microphone = undefined;
    source.disconnect();
    closeMicrophone(stream);
  }

  /** @param {number} kind */
  #send(kind) {
    if (kind === this.#kind) return;
    this.#kind = kind;
    this.#port.node()?.port.postMessage([COMMAND.LIVE_TONES, kind]);
  }

  #tune() {
    this.#port.node()?.port.postMessage([COMMAND.TONE_FEEDBACK, ...this.#showFeedback()]);
  }

  /** Shows the frequency and the quality, and returns both. */
  #showFeedback() {
    const shares = this.#sliders().map(slider => Number(slider.value));
    const values = [between(FREQUENCIES_HZ, shares[0]), between(QUALITIES, shares[1])];
    const texts = [`${numberText(values[0], 0)} Hz`, numberText(values[1], 1)];
    this.#sliders().forEach((slider, at) => {
      slider.style.setProperty('--level', `${100 * shares[at]}%`);
      slider.setAttribute('aria-valuetext', texts[at]);
      const output = slider.nextElementSibling;
      if (output) output.textContent = texts[at];
    });
    return values;
  }

  #sliders() {
    return /** @type {HTMLInputElement[]} */ ([...this.#area.querySelectorAll('.slider')]);
  }

  /** @param {string} id @returns {HTMLElement} */
  #find(id) {
    return /** @type {HTMLElement} */ (this.#area.querySelector(`#tones-${id}`));
  }

  /** @param {string} sentence */
  #say(sentence) {
    this.#find('live-about').textContent = sentence;
    // It may lie below the panel's edge.
    if (sentence) this.#area.scrollIntoView({ block: 'nearest' });
  }
}
