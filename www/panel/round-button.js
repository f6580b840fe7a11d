// The round button of every player, which begins and stops what is to be heard. Knows nothing of what plays.

/** Its elements. @param {string} id @param {string} name */
export const roundButton = (id, name) =>
  `<button class="player-button" type="button" id="${id}" aria-pressed="false" aria-label="${name}"><svg
  aria-hidden="true"><use href="#icon-hear"/></svg></button>`;

/** @param {Element} button @param {boolean} isPlaying */
export function showPlaying(button, isPlaying) {
  button.setAttribute('aria-pressed', String(isPlaying));
  button.querySelector('use')?.setAttribute('href', isPlaying ? '#icon-square' : '#icon-hear');
}
