// The button that plays a path. Draws alone.

/** Shows whether the path plays. @param {HTMLElement} button @param {boolean} plays */
export function showPlaying(button, plays) {
  if (button.getAttribute('aria-pressed') === String(plays)) return;
  button.setAttribute('aria-pressed', String(plays));
  button.querySelector('use')?.setAttribute('href', plays ? '#icon-pause' : '#icon-play');
}
