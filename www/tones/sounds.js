// Opens “From sounds…” from the panel of an instrument of recorded tones: loads its script on demand, and tells it
// which instrument plays.
import { say } from './words.js';

/** @typedef {import('../app.js').PanelPort} PanelPort */
/** @typedef {typeof import('../tone-sounds/tone-sounds.js')} SoundsScript */
/** @typedef {ReturnType<typeof import('./markup.js').build>} Elements */

export class SoundsOpener {
  #port;
  #find;
  /** Its script, once it is loaded. @type {SoundsScript | undefined} */
  #script;
  /** The instrument that it knows. */
  #domain = -1;

  /** @param {Element} place of the panel @param {PanelPort} port @param {Elements} elements */
  constructor(place, port, { find }) {
    this.#port = port;
    this.#find = find;
    find('sounds').addEventListener('click', () => this.#open());
    // Sounds are dropped on the page.
    place.addEventListener('take', async event => {
      await this.#open();
      const { files } = /** @type {Event & { files: File[] }} */ (event);
      files.forEach((file, at) => this.#script?.take(at, file));
    });
  }

  /** Another instrument may play. @param {import('../panels.js').TonesModel} model */
  follow({ isOpen, domain }) {
    const now = isOpen ? domain : -1;
    if (now === this.#domain) return;
    this.#domain = now;
    if (isOpen) this.#script?.follow();
    else this.#script?.close();
  }

  async #open() {
    const status = this.#find('status');
    status.textContent = '';
    try {
      this.#script ??= await import(this.#port.address('tone-sounds.js'));
      this.#port.dispatch({ type: 'openSounds' });
      this.#script?.build(this.#find('place'), this.#port, this.#find('sounds'));
    } catch {
      status.textContent = say('lost');
    }
  }
}
