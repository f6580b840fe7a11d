// The page for an iframe: <latent-pad> with what the address says, embed.html?x=1.5&y=-0.5&hold&controls.
// Where the files come from is not for an address to say: code from anywhere would run under this host's name.
import './latent-pad.js';

// From here on the pad itself says what it lacks.
document.getElementById('not-started')?.remove();

const ALLOWED = ['x', 'y', 'note', 'layer', 'hold', 'volume', 'controls', 'latency', 'theme', 'lang'];

const pad = document.createElement('latent-pad');
const asked = new URLSearchParams(location.search);
for (const name of ALLOWED) {
  const value = asked.get(name);
  if (value !== null) pad.setAttribute(name, value);
}
document.body.append(pad);
