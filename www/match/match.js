// “From a sound…”: takes a sound from a file or the microphone, shows the search for patches that sound like it, and plays
// the target and the answers. Loaded on demand. The page's program decides (crate/page/play/src/sound_match.rs) and runs the
// search; this script shows what it receives and reports what a person does.
import { outcomeText, readStrands, showAbout, showAnswers, SILENT, TARGET } from './answers.js';
import { decode } from './decode.js';
import { drawWave } from './drawings.js';
import { fitting, problemText, showChosen, turnedText } from './fitting.js';
import { LeftOver } from './left-over.js';
import { build as buildElements, STRANDS } from './markup.js';
import { Marks } from './marks.js';
import { levelled, Player } from './player.js';
import { DROPPED, recordShown } from './recording.js';
import { RhythmSketch } from './rhythm.js';
import { Search } from './search.js';
import { VoiceSketch } from './sketch.js';
import { Spectrograms } from './spectrograms.js';
import { say, sentenceOf } from './words.js';

/** @typedef {import('../app.js').MatchPort} MatchPort */
/** @typedef {import('./answers.js').Kind} Kind */
/** @typedef {import('./answers.js').State} State */

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
  #melody;
  #rhythm;
  /** What is searched for, and what is chosen: a rhythm without pitch is no melody. */
  #kind = /** @type {Kind} */ ('sound');
  #wanted = /** @type {Kind} */ ('sound');
  /** Why the last sound was refused. */
  #refusal = '';
  /** Whether the chosen kind of hits sounds without the others. */
  #isAlone = false;
  /** @type {Float32Array} the target at the common loudness */
  #target = new Float32Array();
  /** @type {({ key: string, samples: Float32Array } | undefined)[]} the last rendered sound of each strand, and what it is of */
  #rendered = [];
  /** @type {import('./drawings.js').Step[][]} */
  #ways = Array.from({ length: STRANDS }, () => []);
  /** @type {State} */
  #state = { run: 0, running: false, chosen: 0, heard: TARGET, playing: SILENT, kept: 0, current: false, strands: [] };
  #name = '';
  /** @type {import('./answers.js').About | undefined} what is known of the target */
  #about;
  /** @type {AbortController | undefined} while the microphone records */
  #recording;
  /** The numbers of the last sound that was given, and of the last that could be read: one given before that is ignored. */
  #last = { given: 0, read: 0 };
  /** How many sounds are read or judged now: until then nothing is said of the search before. */
  #judging = 0;
  /** Counts the searches, and the sounds that end them. */
  #runs = 0;
  /** Counts how often this was closed. */
  #closed = 0;
  /** One sound after the other is judged, so that what is searched is what is shown. */
  #judged = Promise.resolve();
  /** @type {HTMLElement} the page's button that opens this */
  #opener;
  /** @type {[sound: [left: Float32Array, right: Float32Array], name: string] | undefined} what cannot be sketched as a voice, but searched for */
  #refused;
  /** What was said when an answer became the patch, and when the search ended. */
  #kept = '';
  #outcome = '';
  #note = ''; // That a melody turned out to be a rhythm.

  /** @param {Element} place @param {MatchPort} port */
  constructor(place, port) {
    this.#port = port;
    this.#elements = buildElements(place);
    this.#search = new Search(port);
    this.#search.prepare().catch(() => {}); // It fails again, with its sentence, when there is a sound.
    this.#player = new Player(() => port.volume(), () => this.#ended());
    const { find, answers, kinds, parts } = this.#elements;
    this.#leftOver = new LeftOver(find, values => this.#search.leftOver(values));
    this.#melody = new VoiceSketch(find, this.#search, port);
    this.#rhythm = new RhythmSketch(find, this.#search, port);
    this.#spectrograms = new Spectrograms({ target: find('target-spectrogram'), answer: find('answer-spectrogram') },
      samples => this.#search.spectrogram(samples), port.palette());
    /** @param {Element} button @param {() => void} act */
    const press = (button, act) => button.addEventListener('click', act);
    const chooser = /** @type {HTMLInputElement} */ (find('file'));
    press(find('choose'), () => chooser.click());
    chooser.addEventListener('change', () => {
      const [file] = chooser.files ?? [];
      if (file) this.takeFile(file).finally(() => { chooser.value = ''; }); // The same file can be chosen again.
    });
    press(find('record'), () => this.#record());
    kinds.forEach(button => press(button, () => this.#choose(/** @type {Kind} */ (button.dataset.kind))));
    press(find('play'), () => port.togglePlaying());
    press(find('target'), () => port.hear(TARGET));
    press(find('answer'), () => this.#hear(this.#state.chosen, false));
    answers.forEach((button, strand) => press(button, () => this.#hear(strand, true)));
    press(find('melody'), () => this.#sketch.save().catch(sentence => this.#say(sentenceOf(sentence))));
    this.#marks = new Marks(strand => this.#hear(strand, true));
    // The buttons below it do the same for the keyboard.
    find('strands').addEventListener('click', ({ target }) => {
      const strand = target instanceof Element && target.closest('[data-strand]')?.getAttribute('data-strand');
      if (strand) port.hear(Number(strand));
    });
    parts.forEach((button, part) => press(button, () => port.toggleKept(part)));
    press(find('keep'), () => this.#keep());
    press(find('again'), () => { const { kept, chosen } = this.#state, isBare = kept > 0 && this.#kind === 'sound' && !this.#search.best(chosen); if (isBare || this.#judging === 0) this.#say(isBare ? say('nothing_to_keep') : ''); if (!isBare) this.#run(kept, chosen); });
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
    (open ? find(find('found').hidden ? 'choose' : 'play') : this.#opener).focus({ preventScroll: true });
    if (open) return this.#say(this.#state.current ? this.#kept : this.#outcome);
    this.#recording?.abort(DROPPED);
    this.#last.given++;
    this.#closed++;
    this.#refused = undefined;
    this.#port.close();
    this.#say('');
  }

  /** The workers know another sound, which is not searched for: without answers the two ways to give a sound come first again. Nothing is said of it. */
  #forget() {
    const { find } = this.#elements;
    this.#port.ended(this.#port.begin('', 0));
    find('found').hidden = true;
    find('about').hidden = false;
    find('about').after(find('kinds'), find('ways'));
    this.#about = undefined;
    showAbout(find, this.#kind, '');
    return '';
  }

  /** @param {string} sentence @param {'polite' | 'off'} spoken */
  #say(sentence, spoken = 'polite') {
    Object.assign(this.#elements.status, { ariaLive: spoken, textContent: sentence });
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
    const [given, closed] = [++this.#last.given, this.#closed];
    this.#judging++;
    this.#say(say('reading', { name }));
    try {
      const sound = await decode(file, name, say);
      if (given < this.#last.read) return;
      this.#last.read = given;
      if (given === this.#last.given) this.#say(say('loading', { name }));
      const judged = this.#judged.then(() => this.#judge(sound, name, closed));
      this.#judged = judged.then(() => {}, () => {});
      const note = await judged;
      if (given === this.#last.given) this.#say(note);
    } catch (sentence) {
      if (given === this.#last.given) this.#say(this.#refusal = sentenceOf(sentence));
    } finally {
      this.#judging--;
    }
  }

  /**
   * Takes a sound as the target and searches for it, unless something is wrong with it; then a search goes on. Rejects with a
   * sentence, else resolves with one. @param {[left: Float32Array, right: Float32Array]} sound @param {string} name @param {number} closed how often this was closed when it was given
   */
  async #judge([left, right], name, closed) {
    if (closed !== this.#closed) return '';
    this.#refused = [[left, right], name];
    const kind = await fitting(this.#search, this.#wanted, name, [left, right]);
    this.#refused = undefined;
    const [problem, key, cents, length_s] = await this.#search.hear(left, right);
    if (problem) throw problemText(problem, name, left);
    // The workers have forgotten the sound of the search that goes on: what they say of it is no news.
    this.#runs++;
    if (closed !== this.#closed) return this.#forget();
    this.#port.ended(this.#state.run);
    const samples = await this.#search.target();
    if (kind === 'rhythm') await this.#rhythm.prepare();
    if (closed !== this.#closed) return this.#forget();
    this.#name = name;
    this.#about = { key, cents, length_s };
    this.#showKind(kind);
    this.#target = levelled(samples);
    drawWave(this.#elements.find('wave'), samples);
    this.#spectrograms.showTarget(samples).catch(() => {});
    const [found, hint, ways] = ['found', 'about', 'ways'].map(id => this.#elements.find(id));
    if (found.hidden) {
      // Now the answers come first; another sound can be given below them. What moves loses the focus.
      const focused = document.activeElement;
      found.hidden = false;
      hint.hidden = true;
      found.after(ways);
      this.#elements.find('melody').after(this.#elements.find('kinds'));
      if (focused instanceof HTMLElement && focused !== document.activeElement) focused.focus({ preventScroll: true });
    }
    this.#run(0, 0);
    return this.#note;
  }

  /** Chooses what to search for; searches anew if that is another kind. @param {Kind} wanted */
  #choose(wanted) {
    this.#judged = this.#judged.then(async () => {
      if (wanted === this.#wanted && wanted === this.#kind) return;
      const [refused, isThere, closed] = [this.#refused, !this.#elements.find('found').hidden, this.#closed];
      const kind = refused ? await fitting(this.#search, wanted, refused[1], refused[0]) : isThere ? await fitting(this.#search, wanted, this.#name) : wanted;
      const isSame = isThere && !refused && kind === this.#kind;
      if (isThere && !refused && !isSame && kind === 'rhythm') await this.#rhythm.prepare();
      if (closed !== this.#closed) return;
      this.#wanted = wanted;
      showChosen(this.#elements.kinds, kind);
      if (isSame) return this.#say((this.#note = turnedText(wanted, kind, this.#name)) || this.#outcome);
      this.#showKind(kind);
      this.#say(isThere && !refused ? this.#note : '');
      if (!refused) return isThere ? this.#run(0, 0) : undefined;
      this.#judging++;
      this.#say(await this.#judge(...refused, closed).finally(() => { this.#judging--; }));
    }).catch(sentence => {
      showChosen(this.#elements.kinds, this.#wanted = wanted); // For the next sound.
      this.#say(`${sentenceOf(sentence)} ${this.#outcome}`.trim());
    });
  }

  /** Shows the elements of what is searched for. @param {Kind} kind */
  #showKind(kind) {
    [this.#kind, this.#isAlone, this.#elements.area.dataset.kind] = [kind, false, kind];
    showChosen(this.#elements.kinds, kind);
    showAbout(this.#elements.find, kind, this.#name, this.#about);
    this.#note = turnedText(this.#wanted, kind, this.#name);
  }

  /** What sketches the sound, if it is to be sketched. */
  get #sketch() {
    return this.#kind === 'rhythm' ? this.#rhythm : this.#melody;
  }

  /** Searches for the target. @param {number} kept what to keep of a strand's patch, bit by bit @param {number} from that strand */
  #run(kept, from) {
    this.#elements.area.scrollIntoView({ block: 'start' });
    const own = ++this.#runs;
    const run = this.#kind !== 'sound' ? this.#sketch.run(this.#name, sentence => { if (this.#judging === 0) this.#say(sentence); }) : this.#search.run(say('job', { name: this.#name }), kept, from);
    run.catch(sentence => { if (own === this.#runs) this.#say(sentenceOf(sentence)); });
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
      const bytes = await recordShown(shown, context, recording.signal, (...said) => this.#say(...said), say);
      end();
      if (bytes.byteLength > 0) await this.#take(bytes, say('recording_name'));
    } catch (sentence) {
      end();
      this.#say(sentenceOf(sentence));
    }
  }

  // ---- What is heard ----

  /** @param {number} strand @param {boolean} isAlone whether only that kind of a rhythm's hits sounds */
  #hear(strand, isAlone) {
    const { chosen, heard, playing, strands } = this.#state, isOther = this.#kind === 'rhythm' && isAlone !== this.#isAlone;
    if (Number.isNaN(strands[strand]?.renders)) return; // It still waits.
    if (isOther) this.#isAlone = isAlone;
    this.#port.hear(strand);
    if (!isOther || strand !== heard || strand !== chosen) return;
    this.#showAnswers();
    this.#showSpectrogram();
    if (playing !== SILENT) this.#play(false);
  }

  /** What sounds has reached its end: again if it repeats, with the newest answer. The page knows of a press of this very moment. */
  #ended() {
    if (this.#port.played()) this.#play(false);
  }

  /** Plays what is heard. @param {boolean} goesOn at the same moment of the sound */
  async #play(goesOn) {
    const { heard, run } = this.#state;
    const samples = heard === TARGET ? this.#target : await this.#sound(heard);
    const { heard: now, playing } = this.#state;
    if (now === heard && playing !== SILENT && run === this.#state.run) this.#player.play(samples, goesOn);
  }

  /** Names a strand's sound: a whole rhythm has the patches of all kinds. @param {number} strand */
  #soundKey(strand) {
    const { strands } = this.#state;
    return this.#kind === 'rhythm' && !this.#isAlone ? strands.map(({ distance }) => distance).join(' ') : `${strand} ${strands[strand].distance}`;
  }

  /** The sound of a strand's best patch. @param {number} strand @returns {Promise<Float32Array>} */
  async #sound(strand) {
    const key = this.#soundKey(strand);
    const kept = this.#rendered[strand];
    if (kept?.key === key) return kept.samples;
    try {
      const whole = await (this.#kind === 'sound' ? this.#search.render(strand) : this.#sketch.sound());
      // A part of a rhythm is as loud as in the whole.
      const samples = levelled(this.#isAlone ? await this.#rhythm.sound(strand) : whole, whole);
      this.#rendered[strand] = { key, samples };
      return samples;
    } catch (sentence) {
      this.#say(sentenceOf(sentence));
      return new Float32Array();
    }
  }

  #keep() {
    if (this.#elements.find('keep').getAttribute('aria-disabled') === 'true') return;
    this.#kept = say(/** @type {const} */ ({ rhythm: 'hit_kept', voice: 'sketch_kept', sound: 'kept' })[this.#kind], { number: this.#state.chosen + 1 });
    this.#port.keep(this.#name.replace(/\.\w+$/, ''));
    this.#say(this.#kept);
  }

  // ---- What is shown ----

  /**
   * See `MatchScript` in crate/page/app/src/effects/match_script.rs.
   * @param {number} run @param {boolean} running @param {number} chosen @param {number} heard @param {number} playing
   * @param {number} kept @param {boolean} current @param {Float32Array} numbers
   */
  show(run, running, chosen, heard, playing, kept, current, numbers) {
    const before = this.#state;
    const strands = readStrands(numbers);
    this.#state = { run, running, chosen, heard, playing, kept, current, strands };
    if (run !== before.run) {
      this.#outcome = this.#kept = '';
      this.#rendered = [];
      this.#spectrograms.clearAnswer();
      this.#ways.forEach(way => { way.length = 0; });
    }
    strands.forEach(({ share, distance }, strand) => {
      // A strand that has rendered nothing yet is infinitely far off.
      if (Number.isFinite(distance) && share !== this.#ways[strand].at(-1)?.share) this.#ways[strand].push({ share, distance });
    });
    this.#marks.show(strands, chosen, this.#kind === 'rhythm' ? 'hear_kind' : 'hear_number');
    this.#showAnswers();
    this.#showSpectrogram();
    this.#showLeftOver();
    if (before.running && !running && run === before.run) {
      this.#outcome = outcomeText(strands, this.#kind === 'sound' ? undefined : `${this.#sketch.summary} ${this.#note}`.trim());
      const isFree = this.#judging === 0 && (this.#refusal === '' || this.#elements.status.textContent !== this.#refusal);
      if (this.#outcome && isFree) this.#say(this.#outcome);
    }
    if (before.current !== current && this.#kept && [this.#kept, this.#outcome].includes(this.#elements.status.textContent ?? '')) this.#say(current ? this.#kept : this.#outcome);
    if (playing === SILENT) this.#player.stop();
    else if (before.playing === SILENT || heard !== before.heard || run !== before.run) this.#play(before.playing !== SILENT);
  }

  #showAnswers() {
    if (this.#kind === 'rhythm') this.#rhythm.show(this.#state.chosen);
    showAnswers(this.#elements, this.#state, { kind: this.#kind, ways: this.#ways, counts: this.#rhythm.counts, isAlone: this.#isAlone });
  }

  #showSpectrogram() {
    const { run, chosen, strands } = this.#state;
    if (!(strands[chosen]?.renders > 0)) return;
    const name = this.#isAlone ? say('hit_number', { number: chosen + 1 }) : this.#kind !== 'sound' ? say('sketch') : say('answer', { number: chosen + 1 });
    this.#elements.find('answer-name').textContent = name;
    this.#spectrograms.showAnswer(`${run} ${this.#soundKey(chosen)}`, name, () => this.#sound(chosen), () => this.#showSpectrogram()).catch(() => {});
  }

  /** Computed once the search is over, or when another answer is chosen then. */
  #showLeftOver() {
    const { run, running, chosen, strands } = this.#state;
    const has = this.#kind === 'sound' && !running && strands[chosen]?.renders > 0;
    this.#leftOver.show(has ? `${run} ${chosen} ${strands[chosen].distance}` : '', this.#search.best(chosen));
  }
}

/** Builds it inside the page's element. @param {Element} place @param {MatchPort} port */
export function build(place, port) {
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return new SoundMatch(place, port);
}
