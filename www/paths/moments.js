// Counts of moments in a model, such as the typed values: tells when another one has come, so that a field or the focus
// follows it. Decides nothing.

/**
 * True if a count is another one than was shown last. The element keeps what was shown.
 * @param {HTMLElement} element @param {string} name of the count @param {number} count
 */
export function isNew({ dataset }, name, count) {
  const before = dataset[name];
  dataset[name] = String(count);
  return before !== undefined && before !== String(count);
}
