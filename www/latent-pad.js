// Defines <latent-pad>. One script tag in any page is enough:
//   <script type="module" src="https://…/latent-pad.js"></script>
// To use another tag name, import the class from element/element.js and define it yourself.
import { LatentPadElement } from './element/element.js';

// A page may load this script twice, from two addresses. A server that renders the page has no elements, and the
// browser defines this one.
const elements = globalThis.customElements;
if (elements && !elements.get('latent-pad')) elements.define('latent-pad', LatentPadElement);

export { LatentPadElement };
