// “From a sound…”: takes a sound from a file or the microphone, shows the search for patches that sound like it, and plays
// the target and the answers. Loaded on demand. The page's program decides (crate/play/src/sound_match.rs) and runs the
// search; this script shows what it receives and reports what a person does.
import { decode } from './decode.js';
import { drawStrands, drawWave } from './drawings.js';
import { LeftOver } from './left-over.js';
import { build as buildElements, STRANDS } from './markup.js';
import { Marks } from './marks.js';
import { LONGEST_S } from './microphone.js';
import { levelled, Player } from './player.js';
import { DROPPED, recordShown } from './recording.js';
import { Search } from './search.js';
import { VoiceSketch } from './sketch.js';
import { Spectrograms } from './spectrograms.js';
import { keyName, numberText, percentOff, say } from './words.js';

/** @typedef {import('../app.js').MatchPort} MatchPort */
/** @typedef {{ renders: number, share: number, distance: number, x: number, y: number }} Strand x and y: its mark on the pad */

/** What is heard, as the program numbers it: −1 the target, else a strand. */
const TARGET = -1;
/** How what is heard plays: positions in the program's MatchPlaying. */
const SILENT = 0, ONCE = 1, REPEATING = 2;

/** The key that answers are played with for a sound without a pitch: that of the test note in crate/features. */
const UNPITCHED_KEY = 60;

/** A difference in pitch that is worth a mention, in cents; the pitch is not known better (crate/matching/src/pitch.rs). */
const LEAST_CENTS = 5;

/** How many numbers the program tells of a strand. */
const NUMBERS = 5;

/** What is wrong with a sound, as the workers number it from 1. */
const PROBLEMS = /** @type {const} */ (['silent', 'too_short', 'unusable', 'no_voice', 'rhythm']);
/** So many of them are of any sound; the others only keep a sound from being sketched. */
const SOUND_PROBLEMS = 3;

const sheet = new CSSStyleSheet();
// build/match.mjs puts match.css here.
sheet.replaceSync(/** @type {any} */ (self).__STYLES__);

class SoundMatch {
  #port;
  #elements;
  #player;
  #search;
  #marks;
  #spectrograms;
  #leftOver;
  #sketch;
  /** Whether a sound is a voice to be sketched. */
  #isVoice = false;
  /** @type {Float32Array} the target at the common loudness */
  #target = new Float32Array();
  /** @type {({ distance: number, samples: Float32Array } | undefined)[]} the last rendered sound of each strand */
  #rendered = [];
  /** @type {import('./drawings.js').Step[][]} */
  #ways = Array.from({ length: STRANDS }, () => []);
  #state = { run: 0, running: false, chosen: 0, heard: TARGET, playing: SILENT, kept: 0, current: false, strands: /** @type {Strand[]} */ ([]) };
  #name = '';
  /** @type {AbortController | undefined} while the microphone records */
  #recording;
  /** Counts the sounds that were given: only the last one is read. */
  #given = 0;
  /** Counts how often this was closed. */
  #closed = 0;
  /** One sound after the other is judged, so that what is searched is what is shown. */
  #judged = Promise.resolve();
  /** @type {HTMLElement} the page's button that opens this */
  #opener;
  /** @type {[sound: [left: Float32Array, right: Float32Array], name: string] | undefined} what cannot be sketched as a voice, but searched for */
  #refused;
  /** What was said when an answer became the patch. */
  #kept = '';

  /** @param {Element} place @param {MatchPort} port */
  constructor(place, port) {
    this.#port = port;
    this.#elements = buildElements(place);
    this.#search = new Search(port);
    // What fails here fails again, with its sentence, when there is a sound.
    this.#search.prepare().catch(() => {});
    this.#player = new Player(() => port.volume(), () => this.#ended());
    const { find, answers, kinds, parts } = this.#elements;
    this.#leftOver = new LeftOver(find, values => this.#search.leftOver(values));
    this.#sketch = new VoiceSketch(find, this.#search, port);
    this.#spectrograms = new Spectrograms({ target: find('target-spectrogram'), answer: find('answer-spectrogram') },
      samples => this.#search.spectrogram(samples), port.palette());
    /** @param {Element} button @param {() => void} act */
    const press = (button, act) => button.addEventListener('click', act);
    const chooser = /** @type {HTMLInputElement} */ (find('file'));
    press(find('choose'), () => chooser.click());
    chooser.addEventListener('change', () => {
      const [file] = chooser.files ?? [];
      // The same file can be chosen again.
      if (file) this.takeFile(file).finally(() => { chooser.value = ''; });
    });
    press(find('record'), () => this.#record());
    kinds.forEach(button => press(button, () => this.#choose(button.dataset.kind === 'voice')));
    press(find('play'), () => port.togglePlaying());
    press(find('target'), () => port.hear(TARGET));
    press(find('answer'), () => port.hear(this.#state.chosen));
    answers.forEach((button, strand) => press(button, () => port.hear(strand)));
    this.#marks = new Marks(strand => port.hear(strand));
    // The buttons below it do the same for the keyboard.
    find('strands').addEventListener('click', ({ target }) => {
      const strand = target instanceof Element && target.closest('[data-strand]')?.getAttribute('data-strand');
      if (strand) port.hear(Number(strand));
    });
    parts.forEach((button, part) => press(button, () => port.toggleKept(part)));
    press(find('keep'), () => this.#keep());
    press(find('again'), () => this.#run(this.#state.kept, this.#state.chosen));
    press(find('close'), () => this.#setOpen(false));
    this.#opener = /** @type {HTMLElement} */ (place.querySelector('#match-open'));
    press(this.#opener, () => this.#setOpen(true));
    this.#setOpen(true);
  }

  /** @param {boolean} open */
  #setOpen(open) {
    const { area, find } = this.#elements;
    area.hidden = !open;
    this.#opener.hidden = open;
    (open ? find('choose') : this.#opener).focus({ preventScroll: true });
    if (open) return;
    this.#recording?.abort(DROPPED);
    this.#given++;
    this.#closed++;
    this.#refused = undefined;
    this.#port.close();
    this.#say('');
    // Without answers the two ways to give a sound come first again.
    find('found').hidden = true;
    find('about').hidden = false;
    find('about').after(find('kinds'), find('ways'));
    find('pitch').textContent = '';
  }

  /** @param {string} sentence */
  #say(sentence) {
    this.#elements.status.textContent = sentence;
  }

  // ---- The sound ----

  /** @param {File} file */
  takeFile(file) {
    this.#recording?.abort(DROPPED);
    return this.#take(file, file.name);
  }

  /** Searches for the sound of a file. @param {Blob | ArrayBuffer} file @param {string} name */
  async #take(file, name) {
    if (this.#elements.area.hidden) this.#setOpen(true);
    const given = ++this.#given;
    this.#say(say('reading', { name }));
    try {
      const sound = await decode(file, name, say);
      if (given !== this.#given) return;
      this.#say(say('loading', { name }));
      const judged = this.#judged.then(() => this.#judge(sound, name));
      this.#judged = judged.catch(() => {});
      await judged;
      if (given === this.#given) this.#say('');
    } catch (sentence) {
      if (given === this.#given) this.#say(String(sentence));
    }
  }

  /**
   * Takes a sound as the target and searches for it, unless something is wrong with it; then a search goes on. Rejects with a
   * sentence. @param {[left: Float32Array, right: Float32Array]} sound @param {string} name
   */
  async #judge([left, right], name) {
    const closed = this.#closed;
    const unfit = this.#isVoice ? await this.#search.voiceProblem([left, right]) : 0;
    this.#refused = unfit > SOUND_PROBLEMS ? [[left, right], name] : undefined;
    if (unfit) throw say(PROBLEMS[unfit - 1], { name });
    const [problem, key, cents, length_s] = await this.#search.hear(left, right);
    if (problem) throw say(PROBLEMS[problem - 1], { name });
    if (closed !== this.#closed) return;
    this.#port.ended(this.#state.run);
    const samples = await this.#search.target();
    if (closed !== this.#closed) return;
    this.#name = name;
    this.#showKey(key, cents);
    const pitch = key < 0 ? say('no_pitch') : say('pitch', { key: keyName(key), cents: Math.abs(cents) < LEAST_CENTS ? '' : say('cents', { cents: (cents > 0 ? '+' : '') + numberText(cents) }) });
    const length = say(length_s < LONGEST_S ? 'seconds' : 'first_seconds', { seconds: numberText(length_s, 1) });
    this.#elements.find('pitch').textContent = `${pitch} · ${length} · ${name}`;
    this.#target = levelled(samples);
    drawWave(this.#elements.find('wave'), samples);
    this.#spectrograms.showTarget(samples).catch(() => {});
    const [found, about, ways] = ['found', 'about', 'ways'].map(id => this.#elements.find(id));
    if (found.hidden) {
      // Now the answers come first; another sound can be given below them. What moves loses the focus.
      const focused = document.activeElement;
      found.hidden = false;
      about.hidden = true;
      found.after(ways);
      this.#elements.find('melody').after(this.#elements.find('kinds'));
      if (focused instanceof HTMLElement && focused !== document.activeElement) focused.focus({ preventScroll: true });
    }
    this.#run(0, 0);
  }

  /** Chooses whether the sound is a voice to be sketched; searches anew. @param {boolean} isVoice */
  #choose(isVoice) {
    this.#judged = this.#judged.then(async () => {
      if (isVoice === this.#isVoice) return;
      const [isThere, closed] = [!this.#elements.find('found').hidden, this.#closed];
      const problem = isThere && isVoice ? await this.#search.voiceProblem() : 0;
      if (closed !== this.#closed) return;
      if (problem) return this.#say(say(PROBLEMS[problem - 1], { name: this.#name }));
      this.#isVoice = isVoice;
      this.#elements.area.dataset.kind = isVoice ? 'voice' : 'sound';
      this.#elements.kinds.forEach(button => button.setAttribute('aria-pressed', String((button.dataset.kind === 'voice') === isVoice)));
      this.#say('');
      const refused = this.#refused;
      if (refused && !isVoice) await this.#judge(...refused);
      else if (isThere) this.#run(0, 0);
    }).catch(sentence => this.#say(String(sentence)));
  }

  /** Searches for the target. @param {number} kept what to keep of a strand's patch, bit by bit @param {number} from that strand */
  #run(kept, from) {
    this.#elements.area.scrollIntoView({ block: 'start' });
    const run = this.#isVoice ? this.#sketch.run(this.#name) : this.#search.run(say('job', { name: this.#name }), kept, from);
    run.catch(sentence => this.#say(String(sentence)));
  }

  /** Begins to record, or ends the recording. */
  async #record() {
    if (this.#recording) return this.#recording.abort();
    const context = this.#port.volume()?.context;
    if (!(context instanceof AudioContext)) return this.#say(say('no_sound'));
    const recording = new AbortController();
    this.#recording = recording;
    const { find } = this.#elements;
    const shown = { button: find('record'), text: find('record-text'), level: find('level') };
    const end = () => { if (this.#recording === recording) this.#recording = undefined; };
    try {
      const bytes = await recordShown(shown, context, recording.signal, sentence => this.#say(sentence), say);
      end();
      if (bytes.byteLength > 0) await this.#take(bytes, say('recording_name'));
    } catch (sentence) {
      end();
      this.#say(String(sentence));
    }
  }

  // ---- What is heard ----

  /** What sounds has reached its end: again if it repeats, with the newest answer. The page knows of a press of this very moment. */
  #ended() {
    if (this.#port.played()) this.#play(false);
  }

  /** Plays what is heard. @param {boolean} goesOn at the same moment of the sound */
  async #play(goesOn) {
    const { heard, run } = this.#state;
    const samples = heard === TARGET ? this.#target : await this.#sound(heard);
    const { heard: now, playing } = this.#state;
    // Something else may be heard by now.
    if (now === heard && playing !== SILENT && run === this.#state.run) this.#player.play(samples, goesOn);
  }

  /** The sound of a strand's best patch. @param {number} strand @returns {Promise<Float32Array>} */
  async #sound(strand) {
    const { distance } = this.#state.strands[strand];
    const kept = this.#rendered[strand];
    if (kept && kept.distance === distance) return kept.samples;
    try {
      const samples = levelled(this.#isVoice ? this.#sketch.samples : await this.#search.render(strand));
      this.#rendered[strand] = { distance, samples };
      return samples;
    } catch (sentence) {
      this.#say(String(sentence));
      return new Float32Array();
    }
  }

  #keep() {
    if (this.#elements.find('keep').getAttribute('aria-disabled') === 'true') return;
    this.#kept = this.#isVoice ? say('sketch_kept') : say('kept', { number: this.#state.chosen + 1 });
    this.#port.keep();
    this.#say(this.#kept);
  }

  // ---- What is shown ----

  /**
   * See `MatchScript` in crate/app/src/effects/match_script.rs.
   * @param {number} run @param {boolean} running @param {number} chosen @param {number} heard @param {number} playing
   * @param {number} kept @param {boolean} current @param {Float32Array} numbers
   */
  show(run, running, chosen, heard, playing, kept, current, numbers) {
    const before = this.#state;
    const strands = Array.from({ length: STRANDS }, (_, strand) => {
      const [renders, share, distance, x, y] = numbers.subarray(NUMBERS * strand);
      return { renders, share, distance, x, y };
    });
    this.#state = { run, running, chosen, heard, playing, kept, current, strands };
    if (run !== before.run) {
      this.#rendered = [];
      this.#spectrograms.clearAnswer();
      this.#ways.forEach(way => { way.length = 0; });
    }
    strands.forEach(({ share, distance }, strand) => {
      // A strand that has rendered nothing yet is infinitely far off.
      if (Number.isFinite(distance) && share !== this.#ways[strand].at(-1)?.share) this.#ways[strand].push({ share, distance });
    });
    this.#marks.show(strands, chosen);
    this.#showAnswers();
    this.#showSpectrogram();
    this.#showLeftOver();
    if (before.running && !running && run === before.run) {
      const compared = strands.map(({ distance }) => distance).filter(Number.isFinite);
      const isOver = strands.every(({ share, distance }) => share >= 1 || !Number.isFinite(distance));
      if (compared.length > 0) this.#say(this.#isVoice ? this.#sketch.summary : say(isOver ? 'done' : 'stopped', { percent: percentOff(Math.min(...compared)) }));
    }
    if (before.current && !current && this.#elements.status.textContent === this.#kept) this.#say('');
    if (playing === SILENT) this.#player.stop();
    else if (before.playing === SILENT || heard !== before.heard || run !== before.run) this.#play(before.playing !== SILENT);
  }

  /** Says which key plays an answer as it is heard here. @param {number} key −1 for a sound without a pitch @param {number} cents */
  #showKey(key, cents) {
    const [name, off] = [keyName(key < 0 ? UNPITCHED_KEY : key), Math.round(cents)];
    const text = key < 0 ? say('plays_unpitched', { key: name }) : Math.abs(off) < LEAST_CENTS ? say('plays', { key: name }) : say(off > 0 ? 'plays_lower' : 'plays_higher', { key: name, cents: Math.abs(off) });
    this.#elements.find('key').textContent = text;
  }

  #showAnswers() {
    const { strands, running, chosen, heard, playing, kept, current } = this.#state;
    const { find, answers, parts } = this.#elements;
    const set = (/** @type {Element} */ element, /** @type {string} */ name, /** @type {boolean} */ is) => element.setAttribute(`aria-${name}`, String(is));
    drawStrands(find('strands'), this.#ways, chosen, { unlike: say('unlike'), target: say('target') });
    const distances = strands.map(({ distance }) => distance).filter(Number.isFinite);
    const best = Math.min(...distances);
    strands.forEach(({ distance, renders }, strand) => {
      const button = answers[strand];
      const waits = Number.isNaN(renders);
      const [off, note] = button.querySelectorAll('span, small');
      off.textContent = Number.isFinite(distance) ? say('percent', { percent: percentOff(distance) }) : '–';
      note.textContent = say(!Number.isFinite(distance) ? (running ? 'waits' : 'no_answer') : distance === best && distances.length > 1 ? 'closest' : 'off');
      set(button, 'disabled', waits);
      set(button, 'pressed', !waits && strand === chosen);
    });
    set(find('play'), 'pressed', playing === REPEATING);
    set(find('target'), 'pressed', heard === TARGET);
    set(find('answer'), 'pressed', heard !== TARGET);
    find('answer').textContent = this.#isVoice ? say('sketch') : String(chosen + 1);
    find('keep').textContent = this.#isVoice ? say(current ? 'sketch_is_kept' : 'keep_sketch') : say(current ? 'is_kept' : 'keep', { number: chosen + 1 });
    set(find('keep'), 'disabled', current || !Number.isFinite(strands[chosen].distance));
    parts.forEach((button, part) => set(button, 'pressed', (kept & (1 << part)) !== 0));
  }

  #showSpectrogram() {
    const { run, chosen, strands } = this.#state;
    if (!(strands[chosen]?.renders > 0)) return;
    const name = this.#isVoice ? say('sketch') : say('answer', { number: chosen + 1 });
    this.#elements.find('answer-name').textContent = name;
    this.#spectrograms.showAnswer(`${run} ${chosen} ${strands[chosen].distance}`, name, () => this.#sound(chosen), () => this.#showSpectrogram())
      .catch(() => {});
  }

  /** Computed once the search is over, or when another answer is chosen then. */
  #showLeftOver() {
    const { run, running, chosen, strands } = this.#state;
    const has = !this.#isVoice && !running && strands[chosen]?.renders > 0;
    this.#leftOver.show(has ? `${run} ${chosen} ${strands[chosen].distance}` : '', this.#search.best(chosen));
  }
}

/** Builds it inside the page's element. @param {Element} place @param {MatchPort} port */
export function build(place, port) {
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return new SoundMatch(place, port);
}
