// The square whose corners are the sounds A to D, moved by pointer, finger or keys. Draws and dispatches; decides
// nothing.
import { presses } from './presses.js';
import { say } from './words.js';

/** @import { Elements, Dispatch } from './between.js' */

/** The axis of an arrow key, and its direction. @type {Record<string, [axis: number, by: number] | undefined>} */
const KEYS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowDown: [1, -1], ArrowUp: [1, 1] };
/** Steps of an arrow key with Shift. */
const LEAP = 10;

/** @param {Elements} elements @param {Dispatch} dispatch */
export function listenToSquare({ axes, find }, dispatch) {
  const box = find('square');
  box.addEventListener('pointerdown', event => {
    if (box.getAttribute('aria-disabled') === 'true' || !presses(event)) return;
    follow(box, event, dispatch);
    // The keys move the point from where it is now.
    axes[0].focus({ preventScroll: true });
    event.preventDefault();
  });
  for (const [axis, input] of axes.entries()) {
    input.addEventListener('input', () => dispatch({ type: 'setSquareAxis', axis, step: Number(input.value) }));
    input.addEventListener('keydown', event => {
      const step = KEYS[event.key];
      if (!step) return;
      event.preventDefault();
      dispatch({ type: 'stepSquareAxis', axis: step[0], by: step[1] * (event.shiftKey ? LEAP : 1) });
    });
  }
}

/**
 * Follows a pointer until it is up or lost.
 * @param {HTMLElement} box @param {PointerEvent} pressed @param {Dispatch} dispatch
 */
function follow(box, pressed, dispatch) {
  const pointer = pressed.pointerId;
  // The box stays where it is now: the part above it may grow by a line while the sound changes.
  const { left, top, width, height } = box.getBoundingClientRect();
  const at = (/** @type {PointerEvent} */ { clientX, clientY }) => {
    return [(clientX - left) / width, 1 - (clientY - top) / height];
  };
  const over = new AbortController();
  /**
   * @param {'pointermove' | 'pointerup' | 'lostpointercapture' | 'pointercancel'} kind
   * @param {(event: PointerEvent) => void} act
   */
  const on = (kind, act) => {
    box.addEventListener(kind, event => event.pointerId === pointer && act(event), { signal: over.signal });
  };
  const end = (/** @type {'liftSquare' | 'cancelSquare'} */ type) => {
    over.abort();
    dispatch({ type, pointer });
  };
  box.setPointerCapture(pointer);
  dispatch({ type: 'pressSquare', pointer, at: at(pressed) });
  on('pointermove', event => dispatch({ type: 'dragSquare', pointer, at: at(event) }));
  on('pointerup', () => end('liftSquare'));
  on('lostpointercapture', () => end('liftSquare'));
  on('pointercancel', () => end('cancelSquare'));
}

/** @param {Elements} elements @param {import('../panels.js').BetweenSquare} model */
export function showSquare({ axes, find }, { at, isReady, isHere }) {
  const box = find('square');
  box.setAttribute('aria-disabled', String(!isReady));
  box.classList.toggle('is-here', isHere);
  for (const [axis, input] of axes.entries()) {
    const percent = at[axis];
    input.disabled = !isReady;
    input.value = String(percent);
    input.setAttribute('aria-valuetext', say(axis === 0 ? 'to_the_right' : 'upwards', { percent }));
    box.style.setProperty(axis === 0 ? '--across' : '--upward', String(percent / 100));
  }
}
