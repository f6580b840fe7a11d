// Shared by the three lessons: ticking tasks, and formatting points. Each lesson has its own script beside this one.
import '../latent-pad.js';

/** @typedef {import('../element/element.js').LatentPadElement} Pad */
/** @typedef {{ x: number, y: number, values: Record<string, number> | null }} PatchAt */

/** @param {string} id */
export const byId = id => document.getElementById(id);

/** Ticks a task; later calls do nothing. @param {string} id */
export function tick(id) {
  const task = byId(id);
  if (task.classList.contains('done')) return;
  task.classList.add('done');
  const note = Object.assign(document.createElement('span'), { className: 'done-word', textContent: ' (done)' });
  // Screen readers announce it: colour and tick are not enough.
  note.setAttribute('role', 'status');
  task.append(note);
}

/** A point as text. @param {PatchAt} point */
export const pointText = ({ x, y }) => `(${x.toFixed(2)}, ${y.toFixed(2)})`.replaceAll('-', '−');

/** The distance between two points. @param {PatchAt} one @param {PatchAt} other */
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
