// The texts of all languages, for <latent-pad>.
import de from './de.js';
import en from './en.js';

/** By the languages' tags (BCP 47). @type {Record<string, import('./language.js').Words>} */
export const WORDS = { en, de };
