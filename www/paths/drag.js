// Follows a pointer that came down on an element until it is let go or lost. Knows nothing of what is dragged.

const TYPES = ['pointermove', 'lostpointercapture'];

/**
 * @param {Element} element @param {PointerEvent} event it came down @param {(event: PointerEvent) => void} move
 * @param {() => void} [end]
 */
export function drag(element, { pointerId }, move, end) {
  // Another finger on the element has its own.
  const follows = /** @type {EventListener} */ (
    (/** @type {PointerEvent} */ event) => {
      if (event.pointerId !== pointerId) return;
      if (event.type === 'pointermove') return move(event);
      for (const type of TYPES) element.removeEventListener(type, follows);
      end?.();
    }
  );
  element.setPointerCapture(pointerId);
  for (const type of TYPES) element.addEventListener(type, follows);
}
