// The page for an iframe: <latent-pad> with attributes from the query, embed.html?x=1.5&y=-0.5&hold&controls.
// The query must never set `src`: code from any host would run under this host's origin.
import './latent-pad.js';
import { choose } from './words/language.js';

// From here on the pad reports its own errors.
document.getElementById('not-started')?.remove();

const ALLOWED = [
  'x',
  'y',
  'note',
  'layer',
  'hold',
  'volume',
  'controls',
  'ruler',
  'panels',
  'latency',
  'theme',
  'lang',
];

const pad = document.createElement('latent-pad');
const asked = new URLSearchParams(location.search);
// As around an element of a page without a language of its own.
document.documentElement.lang = choose([asked.get('lang'), ...navigator.languages]);
for (const name of ALLOWED) {
  const value = asked.get(name);
  if (value !== null) pad.setAttribute(name, value);
}
document.body.append(pad);
