// A webpack entry script that only imports the package; the element is in the HTML.
import 'latent-pad';
