// Hides a button that may have the focus by then. Knows nothing of what the button does.

/** Without the focus, who uses keys would begin again at the top of the page. @param {HTMLElement} button @param {boolean} isHidden @param {() => HTMLElement} next what has the focus then */
export function setHidden(button, isHidden, next) {
  const hasFocus = button === document.activeElement;
  button.hidden = isHidden;
  if (isHidden && hasFocus) next().focus({ preventScroll: true });
}
