// A page of a webpack project, which is no module itself: the element stands in the HTML.
import 'latent-pad';
