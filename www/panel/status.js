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

/** The sentence that stands in a status, without the button of its card. @param {Element} status */
export const told = status =>
  [...status.childNodes].map(node => (node instanceof HTMLButtonElement ? '' : node.textContent)).join('');

/**
 * The main button of a card: what a person does next, which a control of the panel does.
 * @typedef {{ words: string, control: HTMLElement }} Mending
 */

/**
 * Writes a sentence, unless it stands there: written again, it would be spoken again. That of an error is a framed card
 * with a main button, which goes with it.
 * @param {Element} status @param {string} sentence @param {boolean} [isError] @param {Mending} [mending]
 */
export function tell(status, sentence, isError = false, mending) {
  const isCard = isError && sentence !== '';
  status.classList.toggle('trouble', isCard);
  const before = status.querySelector('button');
  const wanted = isCard ? mending : undefined;
  if (told(status) === sentence && before?.textContent === wanted?.words) return;
  const hadFocus = before !== null && before === document.activeElement;
  if (wanted) status.replaceChildren(spanOf(sentence), buttonOf(wanted));
  else status.textContent = sentence;
  if (hadFocus) mending?.control.focus({ preventScroll: true });
}

/** @param {string} sentence */
const spanOf = sentence => Object.assign(document.createElement('span'), { textContent: sentence });

/** @param {Mending} mending */
function buttonOf({ words, control }) {
  const button = Object.assign(document.createElement('button'), {
    type: 'button',
    className: 'main',
    textContent: words,
  });
  button.addEventListener('click', () => control.click());
  return button;
}
