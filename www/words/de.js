// Every German text of the page and of <latent-pad>; en.js says what belongs here and what does not. The texts avoid du
// and Sie, because teachers and pupils read the same page.
import amsynth from './de/amsynth.js';
import errors from './de/errors.js';
import finding from './de/finding.js';
import map from './de/map.js';
import page from './de/page.js';
import places from './de/places.js';
import play from './de/play.js';
import share from './de/share.js';
import sound from './de/sound.js';
import start from './de/start.js';

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
  ...amsynth,
};
