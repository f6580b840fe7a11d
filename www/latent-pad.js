// Defines <latent-pad>. One tag in any page is enough:
//   <script type="module" src="https://…/latent-pad.js"></script>
// Who wants another name for it imports the class from element/element.js and defines that.
import { LatentPadElement } from './element/element.js';

// A page may bring this script twice, from two places.
if (!customElements.get('latent-pad')) customElements.define('latent-pad', LatentPadElement);

export { LatentPadElement };
