// A page of a Vite project: it makes the element by its class's name in the document.
import 'latent-pad';

document.body.append(Object.assign(document.createElement('latent-pad'), { x: 0.5, controls: true }));
