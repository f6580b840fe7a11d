// Shared by the three lessons: ticking tasks, and formatting points. Each lesson has its own script beside this one.
import '../latent-pad.js';

/** @typedef {import('../element/element.js').LatentPadElement} Pad */
/** @typedef {{ x: number, y: number, values: Record<string, number> | null }} Place */

/** @param {string} id */
export const byId = id => document.getElementById(id);

/** Ticks a task; later calls do nothing. @param {string} id */
export function done(id) {
  const task = byId(id);
  if (task.classList.contains('done')) return;
  task.classList.add('done');
  const word = Object.assign(document.createElement('span'), { className: 'done-word', textContent: ' (done)' });
  // Screen readers announce it: colour and tick are not enough.
  word.setAttribute('role', 'status');
  task.append(word);
}

/** A point as text. @param {Place} place */
export const words = ({ x, y }) => `(${x.toFixed(2)}, ${y.toFixed(2)})`.replaceAll('-', '−');

/** The distance between two points. @param {Place} one @param {Place} other */
export const distance = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);

/**
 * Calls `then` once, after the pad has sounded and its patch is known. A pad may know a patch before it first sounds.
 * @param {Pad} pad
 * @param {() => void} then
 */
export function onceHeard(pad, then) {
  let heard = false, isKnown = false;
  const listening = new AbortController();
  const check = () => {
    if (!heard || !isKnown) return;
    listening.abort();
    then();
  };
  pad.addEventListener('statechange', ({ detail }) => {
    heard ||= detail.sounding;
    check();
  }, listening);
  pad.addEventListener('patchchange', ({ detail }) => {
    isKnown = detail.values !== null;
    check();
  }, listening);
}
