// Shared by the lessons with a pad: the element, and what they ask of it. Their tasks are in tasks.js; each lesson has its own
// script beside this one.
import '../latent-pad.js';

export { byId, prepareTasks } from './tasks.js';

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
