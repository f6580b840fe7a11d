// Reads path files.
import { PathEditor } from '../path_editor.js';
import { refusal, say } from './words.js';

/** The largest path file, in bytes: ten minutes of two lanes are 1 MB. */
const LARGEST_BYTES = 16_000_000;

/** Whether a file is a MIDI file, or says so. @param {File} file */
export const isMidi = async file => /\.midi?$/i.test(file.name) || (await file.slice(0, 4).text()) === 'MThd';

/** The path of a file as a new loop (JSON). Rejects with a sentence. @param {File} file */
export async function readPath(file) {
  const { name, size } = file;
  if (size > LARGEST_BYTES) throw say('too_large', { name, megabytes: LARGEST_BYTES / 1e6 });
  try {
    return PathEditor.import(await file.text());
  } catch (error) {
    throw refusal(error, { name });
  }
}
