// The sketch of a voice in “From a sound…”: searches for it, shows the pitch and the loudness of both, and saves its melody.
import { drawContours, inTuneShare, keyRange } from './contours.js';
import { saveMidi, trackName } from './save.js';
import { SketchRun } from './sketch-run.js';
import { keyName, numberText, say } from './words.js';

/** @typedef {import('./sketch-run.js').Sketch} Sketch */

/** Numbers of a note: its begin, its end, its key, its velocity. */
const NOTE = 4;

export class VoiceSketch {
  #find;
  #search;
  #port;
  /** The name of the voice, without the end of its file's. */
  #name = '';
  /** Level and pitch of the voice. */
  #voice = new Float32Array();
  /** What suggests a rhythm in its place; empty if it is a melody. */
  #suggestion = '';
  /** @type {Sketch | undefined} */
  #sketch;

  /**
   * @param {<T extends Element = HTMLElement>(id: string) => T} find
   * @param {import('./search.js').Search} search @param {import('./search.js').SearchPort} port
   */
  constructor(find, search, port) {
    this.#find = find;
    this.#search = search;
    this.#port = port;
  }

  /** The sound of the sketch; empty without one. */
  async sound() {
    return this.#sketch?.samples ?? new Float32Array();
  }

  /** What is true of the sketch, in a sentence or two; empty without one. */
  get summary() {
    return this.#sketch ? [this.#inTune, this.#suggestion].join(' ').trim() : '';
  }

  get #inTune() {
    return this.#sketch ? say('sketch_done', { percent: numberText(100 * inTuneShare(this.#voice, this.#sketch.contours)) }) : '';
  }

  /**
   * Searches for the sketch of the sound that was heard last. Rejects with a sentence.
   * @param {string} file its name @param {(sentence: string) => void} tell gets what suggests a rhythm in its place
   */
  async run(file, tell) {
    this.#name = trackName(file);
    this.#sketch = undefined;
    this.#voice = new Float32Array();
    this.#suggestion = '';
    const run = new SketchRun(this.#search, this.#port, { job: say('sketch_job', { name: file }), name: this.#name }, sketch => {
      this.#sketch = sketch;
      this.#show();
    });
    this.#show();
    const measured = this.#search.target().then(samples => this.#search.contours(samples)).then(async contours => {
      this.#voice = contours;
      this.#show();
      const [, hasHits, isUnvoiced] = await this.#search.voiceProblem();
      if (!hasHits || !isUnvoiced || !run.goesOn()) return;
      this.#suggestion = say('maybe_rhythm');
      tell(this.#suggestion);
    });
    await Promise.all([run.finish(), measured]);
  }

  #show() {
    const [voice, sketch, find] = [this.#voice, this.#sketch, this.#find];
    const [svg, notes, melody] = [find('contours'), find('notes'), find('melody')];
    melody.setAttribute('aria-disabled', String(!sketch));
    notes.textContent = sketch ? `${melodyText(sketch.notes)} ${say('sketch_keeps')}` : '';
    const range = keyRange(voice);
    svg.toggleAttribute('hidden', !range);
    if (!range) return;
    drawContours(/** @type {any} */ (svg), voice, sketch?.contours, { voice: say('voice'), sketch: say('sketch'), pitch: say('pitch_contour'), loudness: say('loudness') });
    const text = (/** @type {string} */ name, /** @type {{ low: number, high: number }} */ { low, high }) =>
      say('contour', { name, low: keyName(Math.round(low)), high: keyName(Math.round(high)) });
    const own = sketch && keyRange(sketch.contours);
    svg.setAttribute('aria-label', [say('contours'), text(say('voice'), range), ...(own ? [text(say('sketch'), own), this.#inTune] : [])].join(' '));
  }

  /** Saves its notes. */
  async save() {
    if (this.#sketch) saveMidi(/** @type {Uint8Array<ArrayBuffer>} */ (this.#sketch.midi), this.#name);
  }
}

/** How many notes there are, and from where to where. @param {Float32Array} notes */
function melodyText(notes) {
  const keys = [...notes.filter((_, place) => place % NOTE === 2)];
  const [low, high] = [Math.min(...keys), Math.max(...keys)].map(keyName);
  return say(keys.length === 1 ? 'one_note' : 'notes_of', { count: keys.length, low, high });
}
