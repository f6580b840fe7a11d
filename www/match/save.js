// Saves files: the notes of a sketch as MIDI, and what other scripts of the page have made.

/** A file stays available for its download, in milliseconds. */
const KEPT_MS = 60_000;

/** The name of a recording without the end of its file's, as the command names its tracks. @param {string} file */
export const trackName = file =>
  file
    .replace(/(?<=.)\.[^.]*$/, '')
    .split(/\s+/)
    .filter(Boolean)
    .join(' ');

/** @param {Uint8Array<ArrayBuffer>} midi @param {string} name */
export const saveMidi = (midi, name) =>
  saveFile(new Blob([midi], { type: 'audio/midi' }), `${name || 'latent-pad'}.mid`);

/** Downloads a file. @param {Blob} blob @param {string} name */
export function saveFile(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}
