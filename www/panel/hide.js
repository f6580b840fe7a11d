// Hides or disables what may have the focus by then. Knows nothing of what it does.

/**
 * Without the focus, who uses keys would begin again at the top of the page.
 * @param {HTMLElement} button @param {boolean} isHidden @param {() => HTMLElement} next what has the focus then
 */
export function setHidden(button, isHidden, next) {
  const hasFocus = button === document.activeElement;
  button.hidden = isHidden;
  if (isHidden && hasFocus) next().focus({ preventScroll: true });
}

/**
 * The same of a control that is disabled.
 * @param {HTMLInputElement} control @param {boolean} isDisabled @param {() => HTMLElement} next
 */
export function setDisabled(control, isDisabled, next) {
  const hasFocus = control === document.activeElement;
  control.disabled = isDisabled;
  if (isDisabled && hasFocus) next().focus({ preventScroll: true });
}
