// What a person types as a number, in any of the page's languages.

/** A typed number, or not-a-number. @param {string} text */
export const typed = text => (text.trim() === '' ? NaN : Number(text.trim().replace('−', '-').replace(',', '.')));
