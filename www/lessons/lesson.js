// What the three lessons share: a task that ticks itself, and what a place says. A lesson's own script lies beside it.
import '../latent-pad.js';

/** @typedef {import('../element/element.js').LatentPadElement} Pad */
/** @typedef {{ x: number, y: number, values: Record<string, number> | null }} Place */

/** @param {string} id */
export const byId = id => document.getElementById(id);

/** Ticks a task, once. @param {string} id */
export function done(id) {
  const task = byId(id);
  if (task.classList.contains('done')) return;
  task.classList.add('done');
  const word = Object.assign(document.createElement('span'), { className: 'done-word', textContent: ' (done)' });
  // Colour and sign are not the only way to know.
  word.setAttribute('role', 'status');
  task.append(word);
}

/** A place in words. @param {Place} place */
export const words = ({ x, y }) => `(${x.toFixed(2)}, ${y.toFixed(2)})`.replaceAll('-', '−');

/** How far apart two places are. @param {Place} one @param {Place} other */
export const distance = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);

/**
 * Calls `then` once, when the pad was heard and its patch is known. A pad may know a patch before anybody played it.
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
