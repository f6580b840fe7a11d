// Saves the notes of a sketch as a MIDI file.

/** A file stays available for its download, in milliseconds. */
const KEPT_MS = 60_000;

/** The name of a recording without the end of its file's, as the command names its tracks. @param {string} file */
export const trackName = file => file.replace(/(?<=.)\.[^.]*$/, '').split(/\s+/).filter(Boolean).join(' ');

/** @param {Uint8Array<ArrayBuffer>} midi @param {string} name */
export function saveMidi(midi, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([midi], { type: 'audio/midi' }));
  link.download = `${name || 'latent-pad'}.mid`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}
