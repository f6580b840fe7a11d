// The steps of a person with an instrument of recorded tones, the same in every engine: playing it, and making live
// sounds its tones.
import { isSilent, playByKey, silence, sounds, until } from './waits.mjs';

/** @typedef {import('./session.mjs').Session} Session */

/** @param {Session} session @param {number} place in the chooser @param {string} name */
async function chooseInstrument(session, place, name) {
  await session.run(place => {
    const chooser = /** @type {HTMLSelectElement} */ (document.getElementById('instrument'));
    // Takes the focus from a button that the other instrument hides: in WebKit it keeps it, and the space, until the
    // next frame.
    chooser.focus();
    chooser.selectedIndex = place;
    chooser.dispatchEvent(new Event('change', { bubbles: true }));
    chooser.blur();
  }, place);
  await until(session, name, name => document.documentElement.dataset.instrument === name, name);
}

/** Plays recorded tones, and amSynth again. @param {Session} session */
export async function playsTones(session) {
  for (const [place, name] of /** @type {const} */ ([
    [1, 'strings'],
    [0, 'amsynth'],
  ])) {
    await chooseInstrument(session, place, name);
    await playByKey(session);
  }
}

/** The kinds of live sound in the order of their chooser, which begins with none. */
const LIVE = ['off', 'microphone', 'amSynth', 'feedback'];

/** Chooses the live sound that becomes tones. @param {Session} session @param {string} kind */
const chooseLive = (session, kind) =>
  session.run(place => {
    const chooser = /** @type {HTMLSelectElement} */ (document.getElementById('tones-live'));
    chooser.selectedIndex = place;
    chooser.dispatchEvent(new Event('change', { bubbles: true }));
  }, LIVE.indexOf(kind));

/** @param {Session} session */
const endsLive = async session => {
  await until(
    session,
    'the end of the live sound',
    () => /** @type {HTMLSelectElement} */ (document.getElementById('tones-live')).selectedIndex === 0,
  );
  await isSilent(session);
};

/**
 * Live sounds become strings: a tone that the engine has in place of a microphone, amSynth, and the tones themselves.
 * @param {Session} session @param {string[]} kinds
 */
export async function playsLive(session, kinds) {
  await chooseInstrument(session, 1, 'strings');
  for (const kind of kinds) {
    await chooseLive(session, kind);
    await until(session, `a sentence on ${kind}`, () =>
      /these tones|become tones/.test(document.getElementById('tones-live-about')?.textContent ?? ''),
    );
    // amSynth needs a key; the others sound by themselves.
    if (kind === 'amSynth') await session.keyDown(' ');
    await sounds(session);
    if (kind === 'amSynth') await session.keyUp(' ');
    if (kind === 'feedback') await session.run(() => document.getElementById('play-stop')?.click());
    else await silence(session);
    await endsLive(session);
  }
  await chooseInstrument(session, 0, 'amsynth');
}
