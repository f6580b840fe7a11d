// Every English text of the page and of <latent-pad>, visible or spoken by a screen reader, in one file for each part
// of the page. A translation has the same files with the same keys and the same {…} placeholders, plus a line in
// language.js and all.js; tests report keys that are missing or unused. A {} stands for an element inside the sentence,
// such as a key or an icon. Labels of index.html come first in a file; crate/page/app/src/words/ shows when the program
// writes the others. Write only JSON and whole-line comments between the braces of a file:
// crate/page/app's tests parse it.
//
// Not here: English names, groups and values of the 41 parameters, which crate/sound/patch has (de/amsynth.js
// translates them); names of presets and banks; a library's message about a damaged file, which appears in parentheses;
// the manual and the lessons, which are documents (www/help, www/lessons).
import errors from './en/errors.js';
import finding from './en/finding.js';
import map from './en/map.js';
import page from './en/page.js';
import places from './en/places.js';
import play from './en/play.js';
import share from './en/share.js';
import sound from './en/sound.js';
import start from './en/start.js';

export default {
  ...page,
  ...play,
  ...sound,
  ...places,
  ...finding,
  ...share,
  ...map,
  ...start,
  ...errors,
};
