// A person's actions on the page, the same in every engine: each step acts as a hand would, and waits until the page
// shows or sounds what it should.
import { PLUCK } from '../browser/wav.mjs';
import { silence, sounds, until } from './waits.mjs';

/** @typedef {import('./session.mjs').Session} Session */

/** The steps of a finger's or the mouse's movement. */
const STEPS = 8;

/** The current point that the page shows. @param {Session} session @returns {Promise<number[]>} */
export const place = session =>
  session.run(() =>
    ['across', 'upward'].map(id => /** @type {HTMLInputElement} */ (document.getElementById(id)).valueAsNumber),
  );

/**
 * The pixel of a position on the pad, 0…1 each.
 * @param {Session} session @param {number} across @param {number} down
 */
export const pixel = (session, across, down) =>
  session.run(
    (across, down) => {
      const pad = document.querySelector('latent-pad')?.shadowRoot ?? document;
      const { x, y, width, height } = /** @type {Element} */ (pad.querySelector('canvas#pad')).getBoundingClientRect();
      return { x: x + width * across, y: y + height * down };
    },
    across,
    down,
  );

/**
 * Plays and moves with a finger or the mouse, then waits for silence.
 * @param {Session} session @param {'mouse' | 'touch'} pointer
 */
export async function playBy(session, pointer) {
  // The displayed point follows the sound after a tenth of a second;
  // the second position is far from the initial point, too.
  const [first, second] = [await pixel(session, 0.4, 0.3), await pixel(session, 0.7, 0.7)];
  if (pointer === 'touch') {
    // The first tap starts the sound when the finger lifts.
    await session.press(pointer, first);
    await session.lift(pointer);
    await until(session, 'a sound that is awake', () => document.documentElement.dataset.sound === 'awake');
  }
  await session.press(pointer, first);
  await sounds(session);
  const before = await place(session);
  // A moving finger or mouse sends many events, of which an engine may drop some.
  for (let step = 1; step <= STEPS; step++) {
    const [x, y] = [
      [first.x, second.x],
      [first.y, second.y],
    ].map(([from, to]) => from + ((to - from) * step) / STEPS);
    await session.move(pointer, { x, y });
  }
  await until(
    session,
    'another place',
    ([x, y]) =>
      ['across', 'upward'].every(
        (id, axis) =>
          Math.abs(/** @type {HTMLInputElement} */ (document.getElementById(id)).valueAsNumber - [x, y][axis]) > 0.5,
      ),
    before,
  );
  await sounds(session);
  await session.lift(pointer);
  await silence(session);
}

/** The analysis worker and its module, which load on demand. @param {Session} session */
export async function listens(session) {
  await session.run(() => document.getElementById('take-bank')?.click());
  await until(session, 'the part that listens', () =>
    /No pins yet/.test(document.getElementById('share-status')?.textContent ?? ''),
  );
}

/**
 * Drops a sound, plays the first answer on repeat, stops the search, keeps its answer, and sketches the sound.
 * @param {Session} session
 */
export async function findsPatch(session) {
  await session.run(
    (name, base64) => {
      const transfer = new DataTransfer();
      transfer.items.add(
        new File([Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))], name, { type: 'audio/wav' }),
      );
      document
        .querySelector('main')
        ?.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
    },
    PLUCK.name,
    PLUCK.bytes.toString('base64'),
  );
  await until(session, 'an answer', () => /\d %/.test(document.getElementById('match-answers')?.textContent ?? ''));
  await session.run(() => document.getElementById('match-play')?.click());
  await sounds(session);
  await session.run(() => document.getElementById('job-stop')?.click());
  await until(session, 'the end of the search', () =>
    /\d %/.test(document.getElementById('match-status')?.textContent ?? ''),
  );
  await until(
    session,
    'an answer that can be kept',
    () => document.getElementById('match-keep')?.getAttribute('aria-disabled') === 'false',
  );
  await session.run(() => document.getElementById('match-keep')?.click());
  // The card names the kept patch after the file; before it named the sound that was heard.
  await until(session, 'the kept patch', () => /^pluck$/.test(document.getElementById('near')?.textContent ?? ''));
  await session.run(() =>
    /** @type {HTMLElement | null} */ (document.querySelector('button[data-kind=voice]'))?.click(),
  );
  await until(session, 'a sketch', () => /A3/.test(document.getElementById('match-notes')?.textContent ?? ''));
  await session.run(() => document.getElementById('job-stop')?.click());
  await until(session, 'how well it is in tune', () =>
    /\d %/.test(document.getElementById('match-status')?.textContent ?? ''),
  );
  await session.run(() => document.getElementById('match-close')?.click());
  await silence(session);
}

/** Goes half the way from the current sound to a preset. @param {Session} session */
export async function goesBetween(session) {
  await session.run(() => document.getElementById('two-sounds-open')?.click());
  await until(
    session,
    'the sound A',
    () => !/…$/.test(document.querySelector('.between-end[data-end=A] span')?.textContent ?? '…'),
  );
  await session.run(() => {
    /** @type {HTMLElement | null} */ (document.querySelector('.between-end[data-end=B]'))?.click();
    const field = /** @type {HTMLInputElement} */ (document.getElementById('between-find'));
    field.value = 'Harpsy';
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await until(session, 'the preset', () => document.querySelector('#between-found button')?.textContent === 'Harpsy');
  await session.run(() => /** @type {HTMLElement | null} */ (document.querySelector('#between-found button'))?.click());
  await until(session, 'the way', () => document.getElementById('between-share')?.matches(':enabled'));
  await silence(session);
  await session.run(() => {
    const slider = /** @type {HTMLInputElement} */ (document.getElementById('between-share'));
    slider.value = '48';
    slider.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await until(session, 'half the way', () => document.querySelector('.between-way output')?.textContent === '50 %');
  await sounds(session);
  await session.run(() => document.getElementById('between-close')?.click());
  await silence(session);
}

/** Plays by the microphone: a tone that the engine has for tests. @param {Session} session */
export async function playsByVoice(session) {
  await session.run(() => document.getElementById('live-open')?.click());
  await until(session, 'a note of the microphone', () =>
    /\d/.test(document.getElementById('live-note')?.textContent ?? ''),
  );
  await sounds(session);
  await session.run(() => document.getElementById('live-open')?.click());
  await until(session, 'its end', () => document.getElementById('live-open')?.dataset.live === 'false');
  await silence(session);
}
