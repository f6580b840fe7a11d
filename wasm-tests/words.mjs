// The texts of all languages, read from www/ as a browser reads them.
import { readFileSync } from 'node:fs';

/** @param {string} language @param {string} [folder] below www/ @returns {Promise<Record<string, string>>} */
export async function words(language, folder = 'words') {
  const source = readFileSync(new URL(`../www/${folder}/${language}.js`, import.meta.url), 'utf8');
  // Node cannot tell that the scripts are modules: www/ has no package.json.
  return (await import(`data:text/javascript,${encodeURIComponent(source)}`)).default;
}

export const en = await words('en');
export const de = await words('de');
