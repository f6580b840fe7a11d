// Performs the tasks of “From a sound…”: reads files, records, searches, renders, draws what takes long, and saves.
// Keeps the samples; the page's program gets numbers. Decides nothing.
import { levelled } from '../panel/player.js';
import { decode, LATEST_S, RATE_HZ } from './decode.js';
import { inTuneShare } from './contours.js';
import { drawWave } from './drawings.js';
import { recording } from './recorder.js';
import { saveMidi, trackName } from './save.js';
import { SketchRun } from './sketch-run.js';
import { say } from './words.js';

/** @import { PanelPort } from '../app.js' */
/** @import { MatchTask, MatchAnswer } from '../panels.js' */
/** @typedef {import('../panel/tasks.js').Performers<MatchTask, MatchAnswer>} Performers */
/** @typedef {import('../panel/tasks.js').TaskReport<MatchAnswer>} TaskReport */
/**
 * A sound of the panel: samples of its left or only channel; what else is known of it.
 * @typedef {{
 *   samples: Float32Array, right?: Float32Array, contours?: Float32Array, performance?: Float32Array,
 * }} MatchSound
 */
/**
 * @typedef {object} Tools
 * @property {PanelPort} port
 * @property {import('../panel/sounds.js').SoundStore<MatchSound>} sounds
 * @property {import('./search.js').Search} search
 * @property {import('./rhythm.js').RhythmSearch} rhythm
 * @property {import('./recorder.js').Recorder} recorder
 * @property {import('./spectrograms.js').Spectrograms} spectrograms
 * @property {SVGElement} wave
 */

/** Numbers of a note: its begin, its end, its key, its velocity. */
const NOTE = 4;
/** Numbers of a band: its two frequencies and its difference; see the protocol's LeftOver. */
const BAND = 3;

/** @param {Tools} tools @returns {Performers} */
export const performers = tools => ({
  ...giving(tools),
  ...searching(tools),
  ...rendering(tools),
  ...comparing(tools),
  ...drawing(tools),
});

/**
 * Samples of a sound that may have two channels.
 * @param {Tools} tools @param {{ sound: number, part: import('../panels.js').SoundPart | null }} given
 * @returns {[Float32Array, Float32Array]}
 */
function channels({ sounds }, { sound: number, part }) {
  const sound = sounds.get(number);
  if (!sound) throw 'lost';
  const ends = part ? [part.from_s * RATE_HZ, part.to_s * RATE_HZ] : [];
  return [sound.samples.slice(...ends), (sound.right ?? new Float32Array()).slice(...ends)];
}

/** @param {Tools} tools */
function giving(tools) {
  const { port, sounds, search, rhythm, recorder } = tools;
  return /** @type {Pick<Performers, 'prepare' | 'record' | 'finishRecording' | 'read' | 'examine' | 'listen' | 'tellKind' | 'findHits'>} */ ({
    prepare: () => search.prepare(),

    ...recording(port, recorder, say('recording_name')),

    async read({ file }, { signal, answer }) {
      const given = port.takeFile(file);
      if (!given) throw 'lost';
      const { channels, isDamaged } = await decode(given, name => port.address(name));
      const [samples, right] = channels;
      signal.throwIfAborted();
      const isLong = samples.length > LATEST_S * RATE_HZ;
      const sound = sounds.keep({ samples, right });
      answer({ type: 'read', sound, isLong, isDamaged, length_s: samples.length / RATE_HZ });
    },

    async examine(given, { answer }) {
      const [problem, hasHits, isUnvoiced] = await search.voiceProblem(...channels(tools, given));
      answer({ type: 'examined', problem, hasHits: hasHits > 0, isUnvoiced: isUnvoiced > 0 });
    },

    async listen(given, { signal, answer }) {
      const [problem, key, cents, length_s] = await search.hear(...channels(tools, given));
      if (problem) return answer({ type: 'refused', problem });
      const samples = levelled(await search.target());
      signal.throwIfAborted();
      answer({ type: 'heard', sound: sounds.keep({ samples }), key: key < 0 ? null : key, cents, length_s });
    },

    async tellKind(given, { answer }) {
      answer({ type: 'kind', numbers: [...(await search.soundKind(...channels(tools, given)))] });
    },

    async findHits(_, { answer }) {
      answer({ type: 'hits', hits: await rhythm.findHits() });
    },
  });
}

/** @param {Tools} tools */
function searching({ sounds, search, rhythm }) {
  return /** @type {Pick<Performers, 'search' | 'sketch' | 'searchRhythm'>} */ ({
    async search({ name, kept, locked, patch }, { signal, answer, name: tellName }) {
      tellName(say('job', { name }));
      await search.run({ kept, locked, patch, signal }, report => answer({ type: 'found', ...report }));
    },

    async sketch({ name, target, locked, patch }, report) {
      const { signal, answer } = report;
      report.name(say('sketch_job', { name }));
      const voice = contoursOf(search).then(contours => {
        signal.throwIfAborted();
        const sound = sounds.get(target);
        if (sound) sound.contours = contours;
        answer({ type: 'contours' });
        return contours;
      });
      const run = new SketchRun(
        search,
        { locked, patch, signal },
        async sketch => {
          const inTune = inTuneShare(await voice, sketch.contours);
          signal.throwIfAborted();
          const { samples, contours, performance } = sketch;
          const sound = sounds.keep({ samples: levelled(samples), contours, performance });
          const keys = [...sketch.notes.filter((_, place) => place % NOTE === 2)];
          const [low, high] = [Math.min(...keys), Math.max(...keys)];
          answer({ type: 'sketched', sketch: { sound, inTune, notes: keys.length, low, high } });
        },
        found => answer({ type: 'found', ...found }),
      );
      await Promise.all([run.finish(), voice]);
    },

    async searchRhythm({ name, kinds }, { signal, answer, name: tellName }) {
      tellName(say('sketch_job', { name }));
      await rhythm.run(kinds, signal, report => answer({ type: 'found', ...report }));
    },
  });
}

/** Level and pitch of the target. @param {import('./search.js').Search} search */
const contoursOf = async search => search.contours(await search.target());

/** @param {Tools} tools */
function rendering({ sounds, search, rhythm }) {
  /** Answers with a sound at the common loudness. @param {TaskReport} report @param {Float32Array} samples */
  const give = ({ signal, answer }, samples) => {
    signal.throwIfAborted();
    answer({ type: 'rendered', sound: sounds.keep({ samples }) });
  };
  return /** @type {Pick<Performers, 'render' | 'renderRhythm' | 'saveMelody' | 'saveRhythm' | 'forget'>} */ ({
    async render({ patch, note, strand }, report) {
      give(report, levelled(await search.sound(patch, note, strand)));
    },

    async renderRhythm({ patches, kind }, report) {
      const whole = await rhythm.sound(patches, null);
      // A part of a rhythm is as loud as in the whole.
      give(report, levelled(kind === null ? whole : await rhythm.sound(patches, kind), whole));
    },

    async saveMelody({ sketch, name, bpm }) {
      const performance = sounds.get(sketch)?.performance;
      const track = trackName(name);
      if (performance) saveMidi(await search.melody(performance, track, bpm), track);
    },

    async saveRhythm({ name, bpm }) {
      const track = trackName(name);
      saveMidi(await rhythm.midi(track, bpm), track);
    },

    forget: ({ sounds: numbers }) => sounds.forget(numbers),
  });
}

/** @param {Tools} tools */
function comparing({ sounds, search, rhythm }) {
  /** @param {TaskReport} report @param {Float32Array} samples the sound of a sketch */
  const compareSketch = async ({ answer }, samples) =>
    answer({ type: 'sketchCompared', remarks: [...(await search.compareSketch(samples))] });
  return /** @type {Pick<Performers, 'compare' | 'compareSketch' | 'compareRhythm'>} */ ({
    async compare({ patch, note, isLevelled, strand }, { answer }) {
      answer({ type: 'compared', numbers: [...(await search.compare(patch, note, isLevelled, strand))] });
    },

    async compareSketch({ sketch }, report) {
      await compareSketch(report, sounds.samples(sketch));
    },

    async compareRhythm({ patches }, report) {
      await compareSketch(report, await rhythm.sound(patches, null));
    },
  });
}

/** @param {Tools} tools */
function drawing({ sounds, search, spectrograms, wave }) {
  return /** @type {Pick<Performers, 'drawTarget' | 'drawAnswer' | 'measureLeftOver'>} */ ({
    async drawTarget({ sound }, { signal }) {
      const samples = sounds.samples(sound);
      drawWave(wave, samples);
      await spectrograms.drawTarget(samples, signal);
    },

    drawAnswer: ({ sound, name }, { signal }) => spectrograms.drawAnswer(sounds.samples(sound), name, signal),

    async measureLeftOver({ patch, note }, { answer }) {
      const numbers = await search.leftOver(patch, note);
      const bands = Array.from({ length: numbers.length / BAND }, (_, place) => {
        const [from_hz, to_hz, difference_db] = numbers.slice(BAND * place, BAND * (place + 1));
        return { from_hz, to_hz, difference_db };
      });
      answer({ type: 'leftOver', bands });
    },
  });
}
