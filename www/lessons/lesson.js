// Shared by the lessons with a pad: the element, and what they ask of it. Their tasks are in tasks.js; each lesson has its own
// script beside this one.
import '../latent-pad.js';

export { byId, prepareTasks } from './tasks.js';

const address = (/** @type {string} */ name) => new URL(`../${name}`, import.meta.url).href;

/** @type {Promise<[WebAssembly.Module, string, string]> | undefined} */
let program;

/** @returns {Promise<[WebAssembly.Module, string, string]>} */
async function compile() {
  const answer = await fetch(address('analysis_bg.wasm'));
  if (!answer.ok) throw new Error(`analysis_bg.wasm: ${answer.status}`);
  return [await WebAssembly.compile(await answer.arrayBuffer()), address('analysis-worker.js'), address('analysis.js')];
}

/** What a worker of the analysis needs: loaded when it is first asked for, and again after a failure. */
export const loadProgram = () => (program ??= compile().catch(reason => {
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
  let hasSounded = false, isKnown = false;
  const abort = new AbortController();
  const check = () => {
    if (!hasSounded || !isKnown) return;
    abort.abort();
    then();
  };
  pad.addEventListener('statechange', ({ detail }) => {
    hasSounded ||= detail.sounding;
    check();
  }, abort);
  pad.addEventListener('patchchange', ({ detail }) => {
    isKnown = detail.values !== null;
    check();
  }, abort);
}

/** Whether an event belongs to the map of a pad. @param {Pad} pad @param {Event} event */
export const isOnMap = (pad, event) => event.composedPath().some(target => target instanceof Element && target.id === 'pad' && target !== pad);

/**
 * Calls `then` before the point of a pad jumps: at each press of the map, since with Latch or Play no `statechange` tells of it, and
 * at each key in the fields of the ruler.
 * @param {Pad} pad
 * @param {(isPress: boolean) => void} then
 */
export function beforeJumps(pad, then) {
  pad.addEventListener('pointerdown', event => { if (isOnMap(pad, event)) then(true); }, { capture: true });
  pad.addEventListener('keydown', event => {
    // The sliders of the map move it by arrow keys, and the space key presses it there.
    const { type } = /** @type {HTMLInputElement} */ (event.composedPath()[0]);
    if (type === 'number') then(false);
    if (type === 'range' && event.key === ' ' && !event.repeat) then(true);
  }, { capture: true });
}
