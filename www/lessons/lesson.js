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
