// Parts of “From a sound…” without a browser: how a file is read, what can be sketched as what, what a recorder and a worker that
// fail say, and the distances of kinds of hits.
import assert from 'node:assert/strict';
import { test } from 'node:test';

/** What the scripts find in a browser. @param {Record<string, unknown>} values */
const give = values => Object.entries(values).forEach(([name, value]) => Object.defineProperty(globalThis, name, { value, configurable: true }));
give({ navigator: { hardwareConcurrency: 2 } });
give({ document: Object.assign(new EventTarget(), { documentElement: { lang: 'de' }, baseURI: 'https://localhost/' }) });

const { fitting } = await import('../www/match/fitting.js');
const { say } = await import('../www/match/words.js');

test('short tones are a rhythm, and no sound that is too short', async () => {
  /** @param {import('../www/match/answers.js').Kind} kind @param {number[]} answer */
  const fits = (kind, answer) => fitting(/** @type {any} */ ({ voiceProblem: async () => answer }), kind, 'beeps.wav');
  for (const kind of /** @type {const} */ (['rhythm', 'voice'])) assert.equal(await fits(kind, [5, 1, 0]), 'rhythm');
  assert.equal(await fits('voice', [0, 1, 0]), 'voice');
  await assert.rejects(fits('voice', [5, 0, 0]), reason => reason === say('short_notes', { name: 'beeps.wav' }));
  await assert.rejects(fits('voice', [4, 0, 0]), reason => reason === say('no_voice', { name: 'beeps.wav' }));
  await assert.rejects(fits('rhythm', [5, 0, 0]), reason => reason === say('no_hits', { name: 'beeps.wav' }));
});
