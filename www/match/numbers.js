// How the scripts that load on demand write numbers: with a minus sign of its own, and none before zero.

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
