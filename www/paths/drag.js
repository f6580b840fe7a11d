// Follows a pointer that came down on an element until it is let go or lost. Knows nothing of what is dragged.

/** @param {Element} element @param {PointerEvent} event it came down @param {(event: PointerEvent) => void} move @param {() => void} [end] */
export function drag(element, { pointerId }, move, end) {
  const moves = /** @type {EventListener} */ (move);
  element.setPointerCapture(pointerId);
  element.addEventListener('pointermove', moves);
  element.addEventListener('lostpointercapture', () => {
    element.removeEventListener('pointermove', moves);
    end?.();
  }, { once: true });
}
