// Bundles www/match/, www/macros/, www/between/ and www/live/ into one script each with its style sheets. The page
// loads these scripts on demand, and the single file carries them. Bundles the macro-controls of <latent-pad>, too, and
// the parts of the search that a lesson uses.
// usage: node match.mjs FOLDER OUTPUT; FOLDER is www, OUTPUT gets match.js, macros.js, between.js, live.js,
// live-processor.js, element/macros.js, macro-processor.js and lessons/guess.js.
import { bundle } from './bundle.mjs';

const [folder, output] = process.argv.slice(2);
const sheets = ['drawings.css', 'match/match.css'];
await bundle(folder, output, { script: 'match/match.js', bundled: 'match.js', sheets });
await bundle(folder, output, { script: 'macros/macros.js', bundled: 'macros.js', sheets: ['macros/macros.css'] });
await bundle(folder, output, { script: 'between/between.js', bundled: 'between.js', sheets: ['between/between.css'] });
await bundle(folder, output, { script: 'live/live.js', bundled: 'live.js', sheets: ['live/live.css'] });
await bundle(folder, output, { script: 'live/processor.js', bundled: 'live-processor.js' });
await bundle(folder, output, { script: 'element/macros.js', bundled: 'element/macros.js' });
await bundle(folder, output, { script: 'element/macro-processor.js', bundled: 'macro-processor.js' });
await bundle(folder, output, { script: 'lessons/guess.js', bundled: 'lessons/guess.js', sheets, external: ['./lesson.js', './say.js'] });
