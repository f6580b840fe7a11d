// Writes into a status, an element that a screen reader speaks at each change. Knows nothing of what goes on.

/**
 * Writes a sentence whose last numbers go on changing: they are seen, and only what stands before them is spoken.
 * @param {Element} status @param {string} sentence
 * @param {number} from where the numbers begin: the last two, or the only one
 */
export function tellProgress(status, sentence, from = sentence.search(/\d+(\D+\d+)?\D*$/)) {
  status.classList.remove('trouble');
  const before = sentence.slice(0, from);
  // The text that screen readers speak stays as it is.
  if (status.firstChild?.nodeValue !== before) {
    const numbers = document.createElement('span');
    numbers.setAttribute('aria-live', 'off');
    status.replaceChildren(before, numbers);
  }
  /** @type {Element} */ (status.lastElementChild).textContent = sentence.slice(from);
}

/**
 * Writes a sentence, unless it stands there: written again, it would be spoken again. That of an error is a framed card,
 * which goes with it.
 * @param {Element} status @param {string} sentence @param {boolean} [isError]
 */
export function tell(status, sentence, isError = false) {
  status.classList.toggle('trouble', isError && sentence !== '');
  if (status.textContent !== sentence) status.textContent = sentence;
}
