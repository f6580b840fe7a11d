// Reads a number that a person has typed, in any of the page's languages.

/** A typed number, or not-a-number. @param {string} text */
export const typed = text => (text.trim() === '' ? NaN : Number(text.trim().replace('−', '-').replace(',', '.')));
