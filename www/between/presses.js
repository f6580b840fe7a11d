// Whether a pointer that comes down plays or drags. Knows nothing of what.

/**
 * With another button, or Ctrl on a Mac, it opens a menu, after which its end is not always told.
 * @param {MouseEvent} event
 */
export const presses = ({ button, ctrlKey }) => button === 0 && !ctrlKey;
