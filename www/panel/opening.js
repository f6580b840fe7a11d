// Shows or hides a panel with its opener, and moves the focus with it. Decides nothing.

/**
 * Shows an area and hides the button that opens it, or the reverse. The focus goes to `first` in an area that opens,
 * and back to the opener of an area that closes. Returns true if the area has just been opened.
 * @param {boolean} isOpen @param {{ area: HTMLElement, opener: HTMLElement, first: HTMLElement }} elements
 */
export function showOpen(isOpen, { area, opener, first }) {
  if (isOpen !== area.hidden) return false;
  area.hidden = !isOpen;
  opener.hidden = isOpen;
  if (isOpen) area.scrollIntoView({ block: 'start' });
  (isOpen ? first : opener).focus({ preventScroll: true });
  return isOpen;
}
