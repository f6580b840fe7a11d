// Performs the tasks of “Sing a loop”: records, reads files, and searches in workers. Keeps the samples; the page's
// program gets numbers. Decides nothing.
import { decode, RATE_HZ } from '../match/decode.js';
import { RhythmSearch } from '../match/rhythm.js';
import { Search } from '../match/search.js';
import { SketchRun } from '../match/sketch-run.js';
import { levelled } from '../panel/player.js';
import { record } from './recording.js';

/** @import { PanelPort } from '../app.js' */
/** @import { HeardPart, SingAnswer, SingTask } from '../panels.js' */
/** @typedef {import('../panel/tasks.js').Performers<SingTask, SingAnswer>} Performers */
/** @typedef {import('../panel/sounds.js').SoundStore<{ samples: Float32Array }>} Sounds */

/** A second channel that there is not. */
const NO_CHANNEL = new Float32Array();

/** The part of a sound, at a common loudness: how near the microphone was does not decide how loud the loop is. */
const partOf = (/** @type {Float32Array} */ samples, /** @type {HeardPart} */ { from_s, to_s }) =>
  levelled(samples.slice(Math.round(from_s * RATE_HZ), Math.round(to_s * RATE_HZ)));

/**
 * @param {PanelPort} port @param {Sounds} sounds
 * @param {(samples: Float32Array, rate_hz: number) => void} heard gets the samples of the microphone
 * @returns {Performers}
 */
export function performers(port, sounds, heard) {
  /** The workers, until they are no longer needed. @type {{ search: Search, rhythm: RhythmSearch } | undefined} */
  let tools;
  /** @type {AbortController | undefined} */
  let ending;
  /** Where the part begins to sound, in seconds. */
  let lead_s = 0;

  const workers = () => {
    if (!tools) {
      const search = new Search(port);
      tools = { search, rhythm: new RhythmSearch(search) };
    }
    return tools;
  };

  return {
    async record(_, { signal, answer }) {
      const own = new AbortController();
      ending = own;
      signal.addEventListener('abort', () => own.abort());
      const begun = () => answer({ type: 'listening' });
      // The workers start while one sings.
      workers()
        .search.prepare()
        .catch(() => {});
      const recording = await record(port, own.signal, begun, heard);
      signal.throwIfAborted();
      if (!recording) throw 'busy';
      const { samples, from_ms, microphone_s, buffer_s } = recording;
      answer({ type: 'recorded', sound: sounds.keep({ samples }), fromMs: from_ms, microphone_s, buffer_s });
    },

    finishRecording: ({ afterMs }) => {
      const own = ending;
      setTimeout(() => own?.abort(), afterMs);
    },

    async read({ file }, { signal, answer }) {
      const given = port.takeFile(file);
      if (!given) throw 'lost';
      const { channels } = await decode(given, name => port.address(name));
      signal.throwIfAborted();
      const [left, right = NO_CHANNEL] = channels;
      const samples = left.map((sample, at) => (right.length > at ? (sample + right[at]) / 2 : sample));
      answer({ type: 'read', sound: sounds.keep({ samples }), length_s: samples.length / RATE_HZ });
    },

    async examine({ sound, part }, { signal, answer }) {
      const samples = partOf(sounds.samples(sound), part);
      const { search } = workers();
      const [code, , , , , , lead] = await search.hear(samples, NO_CHANNEL);
      signal.throwIfAborted();
      lead_s = lead;
      if (code) return answer({ type: 'examined', problem: code, hasHits: false, isUnvoiced: false });
      const [problem, hasHits, isUnvoiced] = await search.voiceProblem(samples, NO_CHANNEL);
      signal.throwIfAborted();
      answer({ type: 'examined', problem, hasHits: hasHits > 0, isUnvoiced: isUnvoiced > 0 });
    },

    async sketchMelody({ locked, patch }, { signal, answer }) {
      const { search } = workers();
      /** @type {number[]} */
      let performance = [];
      const run = new SketchRun(
        search,
        { locked, patch, signal },
        async sketch => {
          performance = [...sketch.performance];
        },
        ({ share, patch: found }) => answer({ type: 'melody', performance, patch: found, share }),
      );
      await run.finish();
    },

    async sketchRhythm(_, { signal, answer }) {
      const { rhythm } = workers();
      const hits = await rhythm.findHits();
      signal.throwIfAborted();
      answer({ type: 'hits', hits: hits.map(hit => ({ ...hit, begin_s: hit.begin_s + lead_s })) });
      const kinds = 1 + Math.max(-1, ...hits.map(({ kind }) => kind));
      if (kinds === 0) return;
      await rhythm.run(kinds, signal, ({ strand, patch, share }) =>
        answer({ type: 'kind', kind: strand, patch, share }),
      );
    },

    forget: ({ sound }) => sounds.forget([sound]),

    free: () => {
      tools?.search.end();
      tools = undefined;
    },
  };
}
