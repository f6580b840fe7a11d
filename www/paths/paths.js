// The editor of paths: lanes over time, the plane of four, and paths that follow a curve. Loaded on demand. Draws the
// model of crate/page/play/src/panels/paths/, dispatches what a person does, and performs the editor's tasks. Decides
// nothing.
import { orLost } from '../panel/files.js';
import { tell, told } from '../panel/status.js';
import { addStyles } from '../panel/styles.js';
import { Curve } from './curve.js';
import { Fields } from './fields.js';
import { Files } from './files.js';
import { Four } from './four.js';
import { Lanes } from './lanes.js';
import { build as buildElements, DESCRIPTORS, SHAPES } from './markup.js';
import { isNew } from './moments.js';
import { Operators } from './operators.js';
import { showPlaying } from './playing.js';
import { isError, isUnread, remarksText } from './remarks.js';
import { performPaths } from './tasks.js';
import { numberText, say, TEMPLATES } from './words.js';

/** @import { PanelPort } from '../app.js' */
/** @import { PathsAction, PathsModel, PathsMotion, PathsWay } from '../panels.js' */
/** @import { Word } from './words.js' */

/** The script of the conditions, loaded when a person first wants them. */
const CONDITIONS = 'conditions.js';

/** Names and texts of these words. @param {readonly Word[]} words @returns {[string, string][]} */
const names = words => words.map(word => [word, say(word)]);

/** Builds the editor inside the page's element. @param {Element} place @param {PanelPort} port */
export function build(place, port) {
  addStyles(/** @type {any} */ (self).__STYLES__);
  const editor = new PathsEditor(place, port);
  performPaths(port, () => editor.loadConditions());
  port.subscribe((/** @type {PathsModel} */ model) => editor.show(model));
  port.follow((/** @type {PathsMotion} */ motion) => editor.follow(motion));
}

class PathsEditor {
  #port;
  #elements;
  #opener;
  #lanes;
  #operators;
  #fields;
  #four;
  #curve;
  #files;

  /** @param {Element} place @param {PanelPort} port */
  constructor(place, port) {
    this.#port = port;
    this.#elements = buildElements(place);
    this.#opener = /** @type {HTMLElement} */ (place.querySelector('#path-open'));
    const { find } = this.#elements;
    const dispatch = (/** @type {PathsAction} */ action) => port.dispatch(action);
    dispatch({ type: 'name', words: { ...TEMPLATES, texts: names([...DESCRIPTORS, ...SHAPES]) } });
    this.#lanes = new Lanes(find('lanes'), dispatch);
    this.#operators = new Operators(find('way-lanes'), dispatch);
    this.#fields = new Fields(find, dispatch);
    this.#four = new Four(find, dispatch);
    this.#files = new Files(find, dispatch);
    this.#curve = new Curve(
      find,
      action => dispatch({ type: 'follow', action }),
      file => port.keepFile(file),
    );
    this.#listen(dispatch);
  }

  /** Loads the conditions of a target; rejects with `lost`. */
  async loadConditions() {
    const script = await orLost(import(this.#port.address(CONDITIONS)));
    const place = this.#elements.find('conditions');
    const words = { descriptors: names(DESCRIPTORS), shapes: names(SHAPES) };
    this.#curve.take(
      script.build(place, words, (/** @type {import('../panels.js').PathsCurveAction} */ action) => {
        this.#port.dispatch({ type: 'follow', action });
      }),
    );
  }

  /** @param {(action: PathsAction) => void} dispatch */
  #listen(dispatch) {
    const { area, find } = this.#elements;
    /** @param {string} id @param {PathsAction} action */
    const press = (id, action) => find(id).addEventListener('click', () => dispatch(action));
    find('close').addEventListener('click', () => this.#port.close());
    press('play', { type: 'play' });
    press('first', { type: 'begin' });
    press('in', { type: 'zoom', factor: 0.5, aboutS: null });
    press('out', { type: 'zoom', factor: 2, aboutS: null });
    press('earlier', { type: 'scroll', share: -0.5 });
    press('later', { type: 'scroll', share: 0.5 });
    press('note-add', { type: 'addNote' });
    press('note-delete', { type: 'deleteNote' });
    press('link', { type: 'copyLink' });
    for (const button of area.querySelectorAll('[data-way]')) {
      const way = /** @type {PathsWay} */ (button.getAttribute('data-way'));
      button.addEventListener('click', () => dispatch({ type: 'setWay', way }));
    }
    const input = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (find(id));
    const [chosen, finger, name, chooser] = ['chosen', 'finger', 'name', 'file'].map(input);
    chosen.addEventListener('change', () => dispatch({ type: 'choose', number: Number(chosen.value), finger: 0 }));
    finger.addEventListener('change', () => {
      dispatch({ type: 'choose', number: Number(chosen.value), finger: Number(finger.value) });
    });
    name.addEventListener('change', () => dispatch({ type: 'rename', name: name.value }));
    find('open-file').addEventListener('click', () => chooser.click());
    chooser.addEventListener('change', () => {
      const files = [...(chooser.files ?? [])].map(file => ({ number: this.#port.keepFile(file), name: file.name }));
      dispatch({ type: 'openFiles', files });
      chooser.value = '';
    });
  }

  /** @param {PathsModel} model */
  show(model) {
    const hasOpened = this.#showOpen(model);
    this.#showNames(model);
    this.#showWay(model);
    if (hasOpened) this.#revealLanes();
    if (model.lanes) {
      this.#lanes.show(model.lanes);
      this.#fields.show(model.lanes, isNew(this.#elements.area, 'typed', model.counts.typed));
    }
    this.#operators.show(model);
    this.#four.show(model);
    this.#files.show(model);
    this.#curve.show(model.curve);
    if (isNew(this.#elements.area, 'begun', model.counts.begun)) this.#focusFirstLane();
    const { status, find } = this.#elements;
    const sentence = remarksText(model);
    const isNews = told(status) !== sentence;
    const mending = { words: say('open_another'), control: find('open-file') };
    tell(status, sentence, model.remarks.some(isError), model.remarks.some(isUnread) ? mending : undefined);
    if (isNews && sentence) status.scrollIntoView({ block: 'nearest' });
  }

  /** The lanes may lie below the edge of the panel. */
  #revealLanes() {
    const { find } = this.#elements;
    if (!find('way-lanes').hidden) find('lanes').scrollIntoView({ block: 'nearest' });
  }

  #focusFirstLane() {
    this.#revealLanes();
    const name = /** @type {HTMLElement | null} */ (this.#elements.find('lanes').querySelector('.path-lane-name'));
    name?.focus({ preventScroll: true });
  }

  /** Returns true if the editor has just been opened. @param {PathsModel} model */
  #showOpen({ isOpen }) {
    const { area, find } = this.#elements;
    if (isOpen !== area.hidden) return false;
    area.hidden = !isOpen;
    this.#opener.hidden = isOpen;
    (isOpen ? find('close') : this.#opener).focus({ preventScroll: true });
    return isOpen;
  }

  /** @param {PathsModel} model */
  #showNames({ paths, chosen, name, finger, fingers, isPlaying }) {
    const { area, find } = this.#elements;
    const own = paths.find(({ number }) => number === chosen);
    find('none').hidden = paths.length > 0;
    find('chooser').hidden = !own;
    for (const part of area.querySelectorAll('.path-ways, .path-files')) part.classList.toggle('is-empty', !own);
    const texts = paths.map(({ name, lengthS, madeOn }) => {
      const instrument = madeOn === null ? '' : this.#port.instrument(madeOn);
      const made = instrument && say('made_on', { instrument });
      return [name, say('seconds', { seconds: numberText(lengthS, 1) }), made].filter(Boolean).join(' · ');
    });
    list(
      find('chosen'),
      texts.map((text, index) => [String(paths[index].number), text]),
      String(chosen),
    );
    const fingerChoice = (/** @type {number} */ index) => [String(index), say('finger_number', { number: index + 1 })];
    list(
      find('finger'),
      Array.from({ length: fingers }, (_, index) => fingerChoice(index)),
      String(finger),
    );
    find('finger-row').hidden = fingers < 2;
    const field = /** @type {HTMLInputElement} */ (find('name'));
    if (document.activeElement !== field && field.value !== name) field.value = name;
    const button = find('play');
    showPlaying(button, isPlaying);
    button.setAttribute('aria-label', say('play', { name: own?.name ?? '' }));
  }

  /** @param {PathsModel} model */
  #showWay({ way, lanes }) {
    const { area, find } = this.#elements;
    for (const button of area.querySelectorAll('[data-way]')) {
      button.setAttribute('aria-pressed', String(button.getAttribute('data-way') === way));
    }
    for (const own of ['four', 'curve']) find(`way-${own}`).hidden = own !== way;
    find('way-lanes').hidden = lanes === null;
  }

  /** @param {PathsMotion} motion */
  follow(motion) {
    this.#lanes.follow(motion.timeS);
    this.#curve.follow(motion);
  }
}

/**
 * Lists choices in a menu: value and text of each.
 * @param {HTMLElement} menu @param {string[][]} choices @param {string} chosen
 */
function list(menu, choices, chosen) {
  const select = /** @type {HTMLSelectElement} */ (menu);
  const key = JSON.stringify(choices);
  if (select.dataset.shown !== key) {
    select.dataset.shown = key;
    select.replaceChildren(...choices.map(([value, text]) => new Option(text, value)));
  }
  if (select.value !== chosen) select.value = chosen;
}
