// Types of <latent-pad>. Importing "latent-pad" defines the element; "latent-pad/element.js" does not.
import type { LatentPadElement, PatchChange, Status } from './element/element.js';

export type { Macros, Mark, Parameter, PatchChange, SoundProperty, State, Status } from './element/element.js';
export { LatentPadElement } from './element/element.js';

declare global {
  interface HTMLElementTagNameMap {
    'latent-pad': LatentPadElement;
  }
  interface HTMLElementEventMap {
    /** The current point or its patch changed. */
    patchchange: CustomEvent<PatchChange>;
    /** The state of a pad, whether it sounds, or a setting changed. */
    statechange: CustomEvent<Status>;
  }
}
