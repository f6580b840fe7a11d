// Lesson 5: plays a path on a pad in notes that are struck again and again, each place at its level.

/** @import { Pad } from './lesson.js' */
/** @import { PathPlace } from './curve-path.js' */

/** A pad that is silent for so long after a note was struck has been stopped, in milliseconds. */
const STOPPED_MS = 100;

export class StruckNotes {
  #pad;
  /** The number of the note that sounds, and when it was struck. */
  #note = 0;
  #struck_ms = 0;
  /** The volume that the pad has while no path plays. */
  #volume = 1;

  /** @param {Pad} pad */
  constructor(pad) {
    this.#pad = pad;
  }

  /** True if someone has stopped the pad. */
  get isStopped() {
    return !this.#pad.sounding && performance.now() - this.#struck_ms > STOPPED_MS;
  }

  /** Strikes the first note. @param {PathPlace} place */
  begin(place) {
    [this.#volume, this.#note, this.#struck_ms] = [this.#pad.volume, 0, performance.now()];
    this.#goTo(place);
    this.#pad.play();
  }

  /** Goes to a place, and strikes a note that is due. @param {PathPlace} place @param {number} passed in notes */
  play(place, passed) {
    this.#goTo(place);
    const next = Math.ceil(passed) - 1;
    if (next <= this.#note) return;
    [this.#note, this.#struck_ms] = [next, performance.now()];
    this.#pad.stop();
    this.#pad.play();
  }

  end() {
    this.#pad.stop();
    this.#pad.volume = this.#volume;
  }

  /** @param {PathPlace} place the amplitude follows the square of its level */
  #goTo({ x, y, level }) {
    Object.assign(this.#pad, { x, y, volume: this.#volume * level * level });
  }
}
