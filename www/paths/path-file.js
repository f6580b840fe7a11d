// Reads path files, and MIDI files with what is loaded for them (www/path-files/).
import { PathEditor } from '../path_editor.js';
import { PATH_FILE_SIZE_LIMIT } from '../protocol.js';
import { refusal, say } from './words.js';

/** Whether a file is a MIDI file, or says so. @param {File} file */
const isMidi = async file => /\.midi?$/i.test(file.name) || (await file.slice(0, 4).text()) === 'MThd';

/**
 * The path of a file as a new loop (JSON). Rejects with a sentence.
 * @param {File} file @param {() => Promise<{ read: (file: File) => Promise<string> }>} load loads what reads MIDI files
 */
export async function readPath(file, load) {
  const { name, size } = file;
  const cannot = () => { throw say('unreadable', { name }); };
  try {
    if (await isMidi(file).catch(cannot)) {
      const files = await load().catch(() => { throw say('lost_files'); });
      return PathEditor.import(await files.read(file));
    }
    if (size > PATH_FILE_SIZE_LIMIT) throw say('too_large', { name, megabytes: PATH_FILE_SIZE_LIMIT / 1e6 });
    return PathEditor.import(await file.text().catch(cannot));
  } catch (error) {
    throw refusal(error, { name });
  }
}
