// “Play by voice…”: the microphone plays the current sound. Loaded on demand. The tracker on the audio thread (crate/sound/note_tracking)
// finds notes; each becomes a key like one of a MIDI keyboard, with bend and volume. The brightness moves the macro Brightness.
import { listen } from './listening.js';
import { build as buildElements } from './markup.js';
import { onOtherListener } from './microphone.js';
import { BEND, BRIGHTNESS, EVENT_NUMBERS, GAIN, NOTE_OFF, NOTE_ON } from './names.js';
import { onSilencing } from './silencing.js';
import { pitchText, say } from './words.js';

/** @typedef {import('../app.js').MatchPort} MatchPort */
/** @typedef {import('../app.js').PathPort} PathPort */
/** @typedef {import('./names.js').LiveReport} LiveReport */

/** The range of the pitch bend in semitones (crate/sound/voice/src/midi.rs), and its greatest value. */
const BEND_RANGE = 2, BEND_END = 8192;
/** The least change of brightness that is passed on: each is another patch. */
const LEAST_BRIGHTER = 0.04;
/** The level at the left end of the meter, in dB of full scale. */
const QUIETEST_DB = -60;
/** Reports whose median time counts as that of the way through the page. */
const TRANSFERS = 50;
/** A block of the audio thread at 48 kHz, in seconds. */
const BLOCK_S = 128 / 48_000;
/** How often texts change, in milliseconds. */
const TEXT_MS = 100;

const sheet = new CSSStyleSheet();
// build/on-demand.mjs puts live.css here.
sheet.replaceSync(/** @type {any} */ (self).__STYLES__);

/**
 * What the browser says of the delay of the loudspeakers, in seconds; 0 if it says nothing. Firefox is not asked: on Linux the page
 * and the sound server then sometimes wait for each other for good (seen in Firefox 153 with PulseAudio, in 3 of 9 visits).
 * @param {AudioContext} context
 */
function outputLatency_s(context) {
  return 'mozInnerScreenX' in self ? 0 : context.baseLatency + context.outputLatency;
}

/** The slider of the macro-controls that the brightness moves, if they are open and have measured it. */
const brightnessSlider = () => {
  const slider = /** @type {HTMLInputElement | null} */ (document.querySelector('#macros [data-property=brightness]:enabled'));
  return slider?.closest('.macro-area')?.matches(':not([hidden])') ? slider : null;
};

class Live {
  #port;
  #sound;
  #elements;
  /** @type {import('./listening.js').Listening | undefined} while a voice plays */
  #listening;
  /** Counts the starts and stops: what an earlier start brings is not wanted. */
  #turn = 0;
  #isOn = false;
  /** About the longest time from an onset to its note, in seconds. */
  #detector_s = 0;
  /** The times that the last reports took, in seconds. @type {number[]} */
  #transfers_s = [];
  #brightness = 0;
  /** The slider that the voice has moved. @type {HTMLInputElement | null} */
  #moved = null;
  #shown_ms = 0;

  /** @param {Element} place @param {MatchPort} sound @param {PathPort} port */
  constructor(place, sound, port) {
    this.#sound = sound;
    this.#port = port;
    this.#elements = buildElements(place);
    // “Silence” ends every note, and the voice would begin the next one.
    onSilencing(() => this.#stop());
    onOtherListener(this, () => this.#stop());
    document.addEventListener('visibilitychange', () => { if (document.hidden) this.#stop(); });
  }

  /** Starts, or stops. */
  toggle() {
    if (this.#isOn) this.#stop();
    else this.#start();
  }

  async #start() {
    const context = this.#sound.volume()?.context;
    if (!(context instanceof AudioContext)) return this.#say(say('no_sound'));
    const turn = ++this.#turn;
    this.#show(true);
    this.#say(say('asking'));
    context.resume().catch(() => {});
    try {
      const listening = await listen(this, context, name => this.#sound.address(name),
        (report, from) => { if (turn === this.#turn) this.#take(report, from); },
        sentence => { if (turn === this.#turn) this.#stop(sentence); });
      if (turn !== this.#turn) return listening.end();
      this.#listening = listening;
      this.#elements.area.hidden = false;
      this.#say('');
      // The button that stops it stays in sight.
      this.#elements.area.scrollIntoView({ block: 'nearest' });
      this.#elements.opener.scrollIntoView({ block: 'nearest' });
    } catch (sentence) {
      if (turn === this.#turn) this.#stop(String(sentence));
    }
  }

  /** @param {string} [sentence] why, if a person did not ask for it */
  #stop(sentence = '') {
    if (!this.#isOn) return;
    this.#turn++;
    this.#listening?.end();
    this.#listening = undefined;
    this.#port.sing(undefined, 0);
    // The page's program also ends the bend, once the release of the last note is over.
    this.#port.loudness(undefined);
    this.#brighten(undefined);
    this.#transfers_s = [];
    this.#elements.area.hidden = true;
    this.#show(false);
    this.#say(sentence);
    if (sentence) this.#elements.status.scrollIntoView({ block: 'nearest' });
  }

  /** @param {boolean} isOn */
  #show(isOn) {
    this.#isOn = isOn;
    const { opener } = this.#elements;
    opener.dataset.live = String(isOn);
    opener.textContent = say(isOn ? 'stop' : 'start');
    // Seen from the other tabs.
    const tab = document.querySelector('#tab-sound');
    if (isOn) tab?.setAttribute('aria-description', say('sign'));
    else tab?.removeAttribute('aria-description');
  }

  /** @param {string} sentence */
  #say(sentence) {
    this.#elements.status.textContent = sentence;
  }

  /** @param {LiveReport} report @param {AudioContext} context that it comes from */
  #take(report, context) {
    if (report.latency_s) this.#detector_s = report.latency_s;
    const { events, at_s } = report;
    if (!events) return;
    for (let at = 0; at < events.length; at += EVENT_NUMBERS) this.#play(events[at], events[at + 1], events[at + 2]);
    this.#transfers_s.push(Math.max(0, context.currentTime - (at_s ?? 0)));
    if (this.#transfers_s.length > TRANSFERS) this.#transfers_s.shift();
    this.#tell(report);
  }

  /** @param {number} kind @param {number} value @param {number} more */
  #play(kind, value, more) {
    switch (kind) {
      case NOTE_ON: this.#port.sing(value, more); break;
      case NOTE_OFF: this.#port.sing(undefined, 0); break;
      case BEND: this.#port.bend(Math.max(-BEND_END, Math.min(Math.round((value / BEND_RANGE) * BEND_END), BEND_END - 1))); break;
      case GAIN: this.#port.loudness(value); break;
      case BRIGHTNESS:
        if (Math.abs(value - this.#brightness) >= LEAST_BRIGHTER) this.#brighten(value);
        break;
    }
  }

  /** Moves the macro Brightness; undefined: back to where it was. @param {number | undefined} value */
  #brighten(value) {
    this.#brightness = value ?? 0;
    if (value !== undefined) this.#moved = brightnessSlider() ?? this.#moved;
    this.#moved?.closest('.macro-area')?.dispatchEvent(new CustomEvent('voicebrightness', { detail: value ?? null }));
  }

  /** @param {LiveReport} report */
  #tell({ level_db = QUIETEST_DB, pitch = NaN }) {
    const now_ms = performance.now();
    if (now_ms - this.#shown_ms < TEXT_MS) return;
    this.#shown_ms = now_ms;
    const { find } = this.#elements;
    const level = find('level');
    level.style.setProperty('--level', String(Math.min(Math.max(1 - level_db / QUIETEST_DB, 0), 1)));
    level.setAttribute('aria-valuenow', String(Math.round(level_db)));
    this.#write('note', Number.isNaN(pitch) ? say('no_note') : pitchText(pitch));
    this.#write('brightness', say(brightnessSlider() ? 'brightness_follows' : 'brightness_unmeasured'));
    this.#tellLatency();
  }

  /** @param {string} id @param {string} text */
  #write(id, text) {
    const element = this.#elements.find(id);
    if (element.textContent !== text) element.textContent = text;
  }

  #tellLatency() {
    const listening = this.#listening;
    if (!listening) return;
    const device = Math.round(1000 * (outputLatency_s(listening.context) + (listening.inputLatency_s ?? 0)));
    const detector = Math.round(1000 * this.#detector_s), transfer = Math.round(1000 * this.#typicalTransfer_s());
    this.#write('latency', say(device ? 'latency_device' : 'latency_value', { own: detector + transfer, device }));
    this.#write('latency-about', say('latency_about', { detector, transfer }));
  }

  /** The median time from the audio thread to the page and back, a block each at least. */
  #typicalTransfer_s() {
    const sorted = this.#transfers_s.toSorted((a, b) => a - b);
    return 2 * Math.max(sorted[Math.floor(sorted.length / 2)] ?? 0, BLOCK_S);
  }
}

/** @type {Live | undefined} */
let live;

/** Builds it inside the page's element, once, and starts or stops. @param {Element} place @param {MatchPort} sound @param {PathPort} port */
export function build(place, sound, port) {
  if (!live) {
    document.adoptedStyleSheets.push(sheet);
    live = new Live(place, sound, port);
  }
  live.toggle();
}
