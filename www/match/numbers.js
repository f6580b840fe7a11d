// How the scripts that load on demand write numbers, with a minus sign of its own, and none before zero; and keys.

/** Numbers with this decimal mark. @param {string} mark */
export const plain =
  mark =>
  (/** @type {number} */ value, decimals = 0) =>
    value
      .toFixed(decimals)
      .replace(/^-(?=[0.]*$)/, '')
      .replace('-', '−')
      .replace('.', mark);

/** Numbers whose thousands are grouped as in this language. @param {string} language */
export const grouped =
  language =>
  (/** @type {number} */ value, decimals = 0) =>
    value
      .toLocaleString(language, { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
      .replace(/^-(?=[0.,]*$)/, '')
      .replace('-', '−');

/** The name of a MIDI key: 60 is C4. @param {string} notes the twelve names from C @param {number} key */
export const keyNamed = (notes, key) => `${notes.split(' ')[((key % 12) + 12) % 12]}${Math.floor(key / 12) - 1}`;
