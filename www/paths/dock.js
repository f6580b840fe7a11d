// The place of the lanes: on a desktop and an upright tablet in a dock below the map and as wide as it,
// else in the panel.
import { say } from './words.js';

/** The screens with a card for the current point: as in www/column.css. */
const WIDE =
  '(orientation: landscape) and (min-width: 900px) and (min-height: 561px), (orientation: portrait) and (min-width: 700px)';
/** Between the map and the dock, in CSS pixels. */
const APART_PX = 8;

export class Dock {
  #dock = document.createElement('section');
  #lanes;
  #home = document.createComment('');
  #wide = matchMedia(WIDE);

  /** @param {HTMLElement} lanes what moves into the dock and back */
  constructor(lanes) {
    this.#lanes = lanes;
    this.#dock.className = 'path-area path-dock';
    this.#dock.setAttribute('aria-label', say('lanes'));
    lanes.before(this.#home);
    const pad = /** @type {HTMLElement | null} */ (document.querySelector('.app > .pad'));
    pad?.after(this.#dock);
    new ResizeObserver(() =>
      pad?.style.setProperty('--dock-height', `${this.#dock.offsetHeight + APART_PX}px`),
    ).observe(this.#dock);
    this.#place();
    this.#wide.addEventListener('change', () => this.#place());
  }

  #place() {
    const isWide = this.#wide.matches && this.#dock.isConnected;
    // An element that moves loses the focus.
    if (isWide !== this.#dock.contains(this.#lanes)) {
      if (isWide) this.#dock.append(this.#lanes);
      else this.#home.after(this.#lanes);
    }
    this.#dock.hidden = this.#lanes.hidden || !this.#dock.contains(this.#lanes);
  }

  /** Shows the lanes, or hides them. @param {boolean} is */
  show(is) {
    this.#lanes.hidden = !is;
    this.#place();
  }

  /** In the panel the lanes may lie below its edge. */
  reveal() {
    if (!this.#lanes.hidden && this.#dock.hidden)
      this.#lanes.querySelector('.path-lanes')?.scrollIntoView({ block: 'nearest' });
  }
}
