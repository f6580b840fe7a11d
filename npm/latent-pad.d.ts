// Types of <latent-pad>. Importing "latent-pad" defines the element; "latent-pad/element.js" does not.
import type { LatentPadElement, PatchChange, Status } from './element/element.js';

export type { Parameter, PatchChange, State, Status } from './element/element.js';
export { LatentPadElement } from './element/element.js';

declare global {
  interface HTMLElementTagNameMap {
    'latent-pad': LatentPadElement;
  }
  interface HTMLElementEventMap {
    /** The place or its sound changed. */
    patchchange: CustomEvent<PatchChange>;
    /** A pad woke or fell asleep, began or ended to sound, or was set otherwise. */
    statechange: CustomEvent<Status>;
  }
}
