// Prints what a visit to the site transfers, file by file, and fails if it exceeds the budget.
// usage: node sizes.mjs FOLDER. Never changes a file.
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { onDemandFolders } from './on-demand.mjs';

/**
 * Files that load together, and their budget in bytes of brotli, which the project promises. A file belongs to the
 * first part that matches.
 * @type {{ what: string, holds: RegExp, budget?: number }[]}
 */
const PARTS = [
  // The search for macro-controls takes 15 kB of it, that between two sounds 14 kB; both share the voice and the timbre
  // models. Sketches of a voice take 34 kB: their analysis of pitch and level, their search, and the MIDI file. The
  // search's judgement of details and its plain starts take 20 kB, the simpler answers and the
  // fundamental of a sound whose filter rings 5 kB. The kind of a given sound and the remarks on an
  // answer take 16 kB.
  {
    what: 'on demand: analysis, importing presets, saving a bank, searching for a sound',
    holds: /^(analysis|encoder\.onnx)/,
    budget: 872_000,
  },
  { what: 'on demand, too: searching for a sound', holds: /^(match\.js|preset_sounds\.bin)$/, budget: 220_000 },
  // The decoders of FLAC, Vorbis, MP3 and Opus with their tables; 60 kB are Fourier transforms of any length, as below.
  { what: 'on demand, too: reading a sound file', holds: /^(match-worker\.js|sound_reader)/, budget: 350_000 },
  { what: 'on demand, too: the macro-controls', holds: /^macros\.js$/, budget: 10_000 },
  { what: 'on demand, too: singing a loop', holds: /^sing[.-]/, budget: 15_000 },
  { what: 'on demand, too: Breed', holds: /^breed\.js$/, budget: 8_000 },
  { what: 'on demand, too: the code of a link', holds: /^qr\.js$/, budget: 5_000 },
  // Of its module 60 kB are Fourier transforms of any length.
  { what: 'on demand, too: playing by voice', holds: /^(live[.-]|live_input)/, budget: 100_000 },
  { what: 'on demand, too: what the page shows of recorded tones', holds: /^tones\.js$/, budget: 8_000 },
  // Of it 60 kB are Fourier transforms of any length, as above, 18 kB the analysis of live sounds, and 6 kB the
  // contours of recorded notes, the fade of silence and the band above the last harmonic.
  { what: 'on demand, too: playing tones', holds: /^tone-source\.wasm$/, budget: 131_000 },
  // Its networks read and write 513 bins: about as many weights, a byte each, as two domains of tones.
  { what: 'on demand, too: the model of chords and noises', holds: /^timbre\/textures\.frames$/, budget: 350_000 },
  // 186 kB each is a model: a byte for a weight, which no compressor makes smaller. Contours of notes are 11 to 56 kB.
  { what: 'on demand, too: the tones of five domains, 180 to 270 kB each', holds: /^timbre\//, budget: 1_160_000 },
  // Three ways, a chooser of sounds, a square of four and two grids: as much as the macro-controls and half of the
  // codebook. Its module is mostly the Fourier transforms, of any length. 5 kB of it find phases for a lesson: a module
  // of the lesson's own would carry the transforms again. 3 kB are for chords and noises.
  { what: 'on demand, too: sounds through recorded tones', holds: /^tone[-_](sounds|transforms)/, budget: 112_000 },
  { what: 'on demand, too: between two sounds', holds: /^between\.js$/, budget: 15_000 },
  // Its module also computes the axes and the codes of the codebook (10 kB), which therefore needs no module of its
  // own.
  { what: 'on demand, too: the editor of paths', holds: /^(paths\.js|path_editor_bg\.wasm)$/, budget: 152_000 },
  { what: 'on demand, too: a second descriptor and places of a target', holds: /^conditions\.js$/, budget: 10_000 },
  // Few write MIDI, a bank or WAV, or read MIDI, so the editor does not carry it. Most is reading path files and
  // writing numbers.
  { what: 'on demand, too: writing other files of a path, reading MIDI', holds: /^path[-_]files/, budget: 95_000 },
  { what: 'on demand, too: the codebook, which uses the same module', holds: /^codebook\.js$/, budget: 15_000 },
  {
    what: 'on demand, too: what each preset sounds like, once one plays, for searches and the codebook',
    holds: /^preset_layers\.bin$/,
    budget: 45_000,
  },
  {
    what: 'on demand, too: panels without a budget of their own',
    holds: RegExp(`^(${onDemandFolders.join('|')})[.-]`),
    budget: 15_000,
  },
  { what: 'on demand, too: the network that guesses patches', holds: /^sound_to_patch\.onnx$/, budget: 500_000 },
  // A visit loads the texts of one language; counted is the largest, German.
  { what: 'another language in place of German', holds: /^words\/en\.js$/ },
  {
    what: 'other pages, the manual, icons of an installed app',
    holds:
      /^(element|help|lessons)\/|^words\/all\.js$|^(embed|latent-pad|macro-processor|element-panels)|^(tokens|text|choice|drawings)\.css$|\.png$/,
  },
  { what: 'a visit: HTML, CSS and JavaScript', holds: /\.(html|css|js|webmanifest|svg)$/, budget: 60_000 },
  { what: 'a visit: until a tap sounds', holds: /^(app_bg\.wasm|worklet\.wasm|grid\.bin)$/ },
  { what: 'a visit: the rest', holds: /./ },
];
const VISIT = /^a visit/;
// 1.395 MB: the decisions of all panels are part of the page’s program. 93 kB came with loops as tracks, the clock and
// the engine of fifteen parts, the search by words with its table, regions of the map, the layout of four places, the
// glides and the timbre of a sung loop, files of loops, the divider, and Breed. There is room for the bytes that change
// with the folder and the compiler of a build.
const VISIT_BUDGET_BYTES = 1_395_000;

// Formats that are compressed already; a host sends them unchanged.
const COMPRESSED = new Set(['.png', '.webp', '.woff2', '.jpg']);

/** @param {Buffer} content @param {string} name */
function transferredBytes(content, name) {
  if (COMPRESSED.has(extname(name))) return content.length;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  return brotliCompressSync(content, { params }).length;
}

/** @param {number} bytes */
const kilobytes = bytes => (bytes / 1000).toFixed(1).padStart(10);

const folder = process.argv[2];
const names = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile())
  .map(entry => join(entry.parentPath, entry.name).slice(join(folder).length + 1))
  .sort();

const transferred = PARTS.map(() => 0);
/** @param {string} what @param {number} bytes @param {number} [budget] */
function row(what, bytes, budget) {
  console.log(`${what.padEnd(58)}${kilobytes(bytes)}${budget ? `   (at most ${budget / 1000})` : ''}`);
  if (budget === undefined || bytes <= budget) return;
  console.error(`${what}: ${bytes} bytes are transferred; the budget is ${budget}. Make it smaller.`);
  process.exitCode = 1;
}

console.log(`${'file'.padEnd(48)}${'kB'.padStart(10)}${'kB brotli'.padStart(10)}`);
for (const name of names) {
  const content = readFileSync(join(folder, name));
  const bytes = transferredBytes(content, name);
  transferred[PARTS.findIndex(({ holds }) => holds.test(name))] += bytes;
  console.log(`${name.padEnd(48)}${kilobytes(content.length)}${kilobytes(bytes)}`);
}
console.log();
PARTS.forEach(({ what, budget }, part) => row(what, transferred[part], budget));
const visit = transferred.filter((_, part) => VISIT.test(PARTS[part].what));
const sum = (/** @type {number[]} */ sizes) => sizes.reduce((sum, bytes) => sum + bytes);
row('a visit in all', sum(visit), VISIT_BUDGET_BYTES);
// build/service-worker.js stores the whole folder, two seconds after the page is ready.
row('a first visit with its offline copy', sum(transferred));
