// The texts of all languages, from www/.

/** @param {string} language @param {string} [folder] below www/ @returns {Promise<Record<string, string>>} */
export async function words(language, folder = 'words') {
  return (await import(`../www/${folder}/${language}.js`)).default;
}

export const en = await words('en');
export const de = await words('de');
