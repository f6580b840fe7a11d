// A path whose sound follows a curve: what follows, its shape, range and length, its picture, and the search in words.
// Draws the model of crate/page/play/src/panels/paths/curve/ and dispatches what a person does. Decides nothing.
import { presses } from '../between/presses.js';
import { tell } from '../panel/status.js';
import { drag } from './drag.js';
import { onGivenSound } from './given-sound.js';
import { Handles } from './handles.js';
import { isNew } from './moments.js';
import { showPlaying } from './playing.js';
import { plot, scaleOf } from './plot.js';
import { drawShapes } from './shape-icons.js';
import { curveText, fieldNumber, goesOn, isCurveError } from './verdict.js';
import { numberText, say, secondsText, typed } from './words.js';

/** @import { PathsCurveAction, PathsCurveModel, PathsDescriptor, PathsShape, PathsTargetField } from '../panels.js' */
/** @import { Conditions } from '../conditions/conditions.js' */
/** @typedef {(action: PathsCurveAction) => void} DispatchOnCurve */

/** The fields of the target and their elements. @type {readonly [PathsTargetField, string][]} */
const FIELDS = [
  ['low', 'low'],
  ['high', 'high'],
  ['length', 'length'],
  ['strikes', 'strikes'],
];

export class Curve {
  #find;
  #dispatch;
  #plot;
  #handles;
  /** The drawn model. @type {PathsCurveModel | undefined} */
  #drawn;
  /** The share of the time that has played. @type {number | null} */
  #played = null;
  /** Loaded when a person first wants them. @type {Conditions | undefined} */
  #conditions;

  /**
   * @param {(id: string) => HTMLElement} find @param {DispatchOnCurve} dispatch
   * @param {(file: File) => number} keepFile keeps a file until a task takes it
   */
  constructor(find, dispatch, keepFile) {
    this.#find = find;
    this.#dispatch = dispatch;
    this.#plot = find('plot');
    const move = (/** @type {number} */ index, /** @type {number} */ value, /** @type {number | undefined} */ top) => {
      const moved = top === undefined ? value : (this.#scale?.value(top) ?? value);
      dispatch({ type: 'moveTargetPoint', index, value: moved });
    };
    this.#handles = new Handles(this.#plot, move, () => {});
    this.#plot.addEventListener('pointerdown', event => this.#press(event));
    new ResizeObserver(() => this.#draw()).observe(this.#plot);
    onGivenSound(this.#field('sound'), this.#plot, file => {
      dispatch({ type: 'giveSound', file: { number: keepFile(file), name: file.name } });
    });
    drawShapes(find('way-curve'));
    this.#listen();
  }

  /** @param {string} id */
  #field = id => /** @type {HTMLInputElement} */ (this.#find(id));

  #listen() {
    const [find, dispatch] = [this.#find, this.#dispatch];
    for (const button of find('way-curve').querySelectorAll('[data-shape]')) {
      const shape = /** @type {PathsShape} */ (button.getAttribute('data-shape'));
      button.addEventListener('click', () => dispatch({ type: 'chooseShape', shape }));
    }
    for (const [field, id] of FIELDS) {
      const input = this.#field(id);
      input.addEventListener('change', () => dispatch({ type: 'typeNumber', field, value: typed(input.value) }));
    }
    const [descriptor, nearest] = ['descriptor', 'nearest'].map(this.#field);
    descriptor.addEventListener('change', () => {
      dispatch({ type: 'chooseDescriptor', descriptor: /** @type {PathsDescriptor} */ (descriptor.value) });
    });
    nearest.addEventListener('change', () => dispatch({ type: 'setNearest', isNearest: nearest.checked }));
    find('find').addEventListener('click', () => dispatch({ type: 'find' }));
    find('keep').addEventListener('click', () => dispatch({ type: 'keepFound' }));
    find('play-found').addEventListener('click', () => dispatch({ type: 'playFound' }));
    find('more').addEventListener('click', () => dispatch({ type: 'toggleConditions' }));
  }

  /** The script of the conditions is loaded. @param {Conditions} conditions */
  take(conditions) {
    this.#conditions = conditions;
  }

  /** A pointer draws the target. @param {PointerEvent} event */
  #press(event) {
    const [drawn, scale] = [this.#drawn, this.#scale];
    if (drawn?.target.shape !== 'drawn' || !scale || !presses(event)) return;
    event.preventDefault();
    const { pointerId: pointer } = event;
    const { left, top } = this.#plot.getBoundingClientRect();
    const place = (/** @type {PointerEvent} */ { clientX, clientY }) => ({
      share: scale.share(clientX - left),
      value: scale.value(clientY - top),
    });
    const move = (/** @type {PointerEvent} */ event) => {
      this.#dispatch({ type: 'drawTarget', pointer, places: [place(event)] });
    };
    drag(this.#plot, event, move, () => this.#dispatch({ type: 'liftTarget', pointer }));
    this.#dispatch({ type: 'pressTarget', pointer, place: place(event) });
  }

  /** Shows the model; null while the page shows another way. @param {PathsCurveModel | null} model */
  show(model) {
    if (!model) return;
    this.#drawn = model;
    const { target, search, conditions, remark, counts } = model;
    this.#showTarget(target, isNew(this.#find('way-curve'), 'typed', counts.typed));
    const verdict = this.#find('verdict');
    const sentence = curveText(remark);
    verdict.setAttribute('aria-live', goesOn(remark) ? 'off' : 'polite');
    tell(verdict, sentence, isCurveError(remark));
    for (const id of ['keep', 'play-found']) this.#find(id).setAttribute('aria-disabled', String(!search.hasFound));
    showPlaying(this.#find('play-found'), search.isPlaying);
    const find = this.#find('find');
    const text = say(search.isRunning ? 'stop_search' : search.predicted ? 'find_again' : 'find');
    if (find.textContent !== text) find.textContent = text;
    this.#find('conditions').hidden = !conditions;
    this.#find('more').setAttribute('aria-expanded', String(conditions !== null));
    this.#conditions?.show(conditions, target);
    this.#draw();
    // The pressed button has nothing to do any more.
    if (isNew(this.#find('way-curve'), 'kept', counts.kept)) find.focus({ preventScroll: true });
    if (isNew(this.#find('way-curve'), 'asked', counts.asked)) this.#field('sound').click();
  }

  /** @param {PathsCurveModel['target']} target @param {boolean} wasTyped */
  #showTarget({ descriptor, shape, range, lengthS: length_s, strikesHz: strikes_hz, isNearest }, wasTyped) {
    const [menu, nearest] = ['descriptor', 'nearest'].map(this.#field);
    if (menu.value !== descriptor) menu.value = descriptor;
    nearest.checked = isNearest;
    for (const button of this.#find('way-curve').querySelectorAll('[data-shape]')) {
      button.setAttribute('aria-pressed', String(button.getAttribute('data-shape') === shape));
    }
    const isDrawn = shape === 'drawn';
    this.#find('shape-hint').hidden = !isDrawn;
    this.#plot.classList.toggle('is-drawn', isDrawn);
    const [low, high] = range ?? [];
    // Recorded tones are held.
    this.#field('strikes').disabled = strikes_hz === null;
    [low, high, length_s, strikes_hz ?? 0].forEach((value, index) => {
      const field = this.#field(FIELDS[index][1]);
      const isKept = typed(field.value) === value || (document.activeElement === field && !wasTyped);
      if (!isKept) field.value = value === undefined ? '' : fieldNumber(value);
    });
  }

  /** Shows how much of the found path has played. @param {import('../panels.js').PathsMotion} motion */
  follow({ found, map }) {
    this.#conditions?.follow(map);
    if (found === this.#played) return;
    this.#played = found;
    this.#draw();
  }

  /** The curves of the picture; none before the page has a map. */
  get #curves() {
    if (!this.#drawn?.target.range) return undefined;
    const {
      target: {
        values,
        range: [low, high],
        lengthS: length_s,
      },
      search,
      conditions,
    } = this.#drawn;
    const second = conditions?.second && { target: conditions.second.values, measured: search.second ?? undefined };
    return {
      target: values,
      predicted: search.predicted ?? undefined,
      measured: search.measured ?? undefined,
      worst: search.worst ?? undefined,
      second: second ?? undefined,
      low,
      high,
      length_s,
    };
  }

  get #scale() {
    const curves = this.#curves;
    return curves && scaleOf(this.#plot, curves);
  }

  #draw() {
    const [curves, scale] = [this.#curves, this.#scale];
    if (!curves || !scale) return;
    const { points: values } = /** @type {PathsCurveModel} */ (this.#drawn).target;
    const share = (/** @type {number} */ index) => index / (values.length - 1);
    const points = values.map((value, index) => ({
      left: scale.left(share(index)),
      top: scale.top(value),
      value,
      least: curves.low,
      most: curves.high,
    }));
    plot(this.#plot, { ...curves, points }, this.#played ?? NaN);
    this.#handles.show(points);
    this.#handles.write((index, value) => ({
      label: say('target_point', { time: secondsText(share(index) * curves.length_s, 1) }),
      text: numberText(value, 1),
    }));
  }
}
