// Shared by the lessons with a pad: the element, and what they ask of it. Their tasks are in tasks.js; each lesson has
// its own script beside this one.
import '../latent-pad.js';

export { byId, prepareTasks } from './tasks.js';

const address = (/** @type {string} */ name) => new URL(`../${name}`, import.meta.url).href;

/** The bytes of a file of the site. @param {string} name */
export async function fetched(name) {
  const answer = await fetch(address(name));
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

/** @type {Promise<[WebAssembly.Module, string, string]> | undefined} */
let program;

/** @returns {Promise<[WebAssembly.Module, string, string]>} */
async function compile() {
  return [
    await WebAssembly.compile(await fetched('analysis_bg.wasm')),
    address('analysis-worker.js'),
    address('analysis.js'),
  ];
}

/** The program that a worker of the analysis needs: loaded when it is first asked for, and again after a failure. */
export const loadProgram = () =>
  (program ??= compile().catch(reason => {
    program = undefined;
    throw reason;
  }));

/** @typedef {import('../element/element.js').LatentPadElement} Pad */
/** @typedef {{ x: number, y: number, values: Record<string, number> | null }} PatchAt */

/** The distance between two points. @param {{ x: number, y: number }} one @param {{ x: number, y: number }} other */
export const distance = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);

/**
 * Calls `then` once, after the pad has sounded and its patch is known. A pad may know a patch before it first sounds.
 * @param {Pad} pad
 * @param {() => void} then
 */
export function onceSounded(pad, then) {
  let hasSounded = false;
  let isKnown = false;
  const abort = new AbortController();
  const check = () => {
    if (!hasSounded || !isKnown) return;
    abort.abort();
    then();
  };
  pad.addEventListener(
    'statechange',
    ({ detail }) => {
      hasSounded ||= detail.sounding;
      check();
    },
    abort,
  );
  pad.addEventListener(
    'patchchange',
    ({ detail }) => {
      isKnown = detail.values !== null;
      check();
    },
    abort,
  );
}

/** Whether an event belongs to the map of a pad. @param {Pad} pad @param {Event} event */
export const isOnMap = (pad, event) =>
  event.composedPath().some(target => target instanceof Element && target.id === 'pad' && target !== pad);

/**
 * Calls `then` before the point of a pad jumps: at each press of the map, since with Hold or Play no `statechange`
 * tells of it, at each key in the fields of the ruler, and at the keys that move the map's sliders by more than a step.
 * A second finger plays another sound and leaves the point.
 * @param {Pad} pad
 * @param {(isPress: boolean) => void} then
 */
export function beforeJumps(pad, then) {
  pad.addEventListener(
    'pointerdown',
    event => {
      if (event.button === 0 && event.isPrimary && isOnMap(pad, event)) then(true);
    },
    { capture: true },
  );
  pad.addEventListener(
    'keydown',
    event => {
      // The sliders of the map move it by arrow keys, and the space key presses it there.
      const { type } = /** @type {HTMLInputElement} */ (event.composedPath()[0]);
      if (type === 'text' || (type === 'range' && /^(Home|End|Page)/.test(event.key))) then(false);
      if (type === 'range' && event.key === ' ' && !event.repeat) then(true);
    },
    { capture: true },
  );
}
