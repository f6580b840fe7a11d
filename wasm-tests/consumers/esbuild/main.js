// A page of an esbuild project, which leaves the pad's files where they are copied, and gives the tag its own name.
import { LatentPadElement } from 'latent-pad/element.js';

customElements.define('my-pad', LatentPadElement);
