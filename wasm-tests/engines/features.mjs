// The steps of a person with the instrument, the same in every engine. Each way to open it is a journey, and each
// feature on it is a row of README.md's support table. A row says "yes", or "no" and what the page does instead;
// anything else is a failure and throws.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { copySite, rebuild } from '../browser/copies.mjs';
import { PLUCK } from '../browser/wav.mjs';
import { runJobs } from './engines.mjs';
import { hostSite } from './hosting.mjs';
import { nullJobs, RENDERS } from './jobs.mjs';
import { PATH_FILE, pathJob } from './path_job.mjs';
import { playsLive, playsTones } from './tones.mjs';
import { playByKey, ready, silence, sounds, until } from './waits.mjs';

/** @typedef {import('./session.mjs').Session} Session */
/** @typedef {Record<string, string>} Rows what a row of the table says */

/** The policy that docs/hosting.md recommends: no inline code, no eval, nothing from other origins. */
const STRICT_POLICY = /^Content-Security-Policy: (.*)$/m.exec(readFileSync(new URL('../../docs/hosting.md', import.meta.url), 'utf8'))?.[1] ?? '';

/** Globals that a worklet's scope has only in some browsers. */
const NOT_EVERYWHERE = ['TextDecoder', 'TextEncoder', 'performance', 'crypto', 'fetch', 'atob', 'btoa', 'URL', 'console', 'setTimeout', 'queueMicrotask', 'structuredClone'];

/** The cell of a row that the driver cannot test. */
const NOT_TRIED = 'not tested: its driver has no touch';

/** The number of presets that `./build.sh test` renders natively. */
const PRESETS = 20;

/**
 * The greatest difference from a path's native render, in decibels: it is −78, all of it by the rounding of the
 * network's values (path_trace.mjs).
 */
const ROUNDING_DB = -70;

/** The steps of a finger's or the mouse's movement. */
const STEPS = 8;
const PROBE = readFileSync(new URL('probe.js', import.meta.url));

/**
 * Hosts the site with the probe inserted before its scripts.
 * @param {import('./hosting.mjs').Hosting} [hosting]
 * @param {string} [script] the probe as the page gets it: within, so that it is kept with the page
 */
const host = ({ change = () => undefined, ...rest } = {}, script = `<script>${PROBE}</script>`) => hostSite({
  ...rest,
  change: (name, body) => (name.endsWith('.html') ? Buffer.from(body.toString().replace('<head>', () => `<head>${script}`)) : change(name, body)),
});

// ---- Steps of a person ----

/** The current point that the page shows. @param {Session} session @returns {Promise<number[]>} */
const place = session => session.run(() => ['across', 'upward'].map(id =>
  (/** @type {HTMLInputElement} */ (document.getElementById(id))).valueAsNumber));

/** The pixel of a position on the pad, 0…1 each. @param {Session} session @param {number} across @param {number} down */
const pixel = (session, across, down) => session.run((across, down) => {
  const pad = document.querySelector('latent-pad')?.shadowRoot ?? document;
  const { x, y, width, height } = /** @type {Element} */ (pad.querySelector('canvas#pad')).getBoundingClientRect();
  return { x: x + width * across, y: y + height * down };
}, across, down);

/** Plays and moves with a finger or the mouse, then waits for silence. @param {Session} session @param {'mouse' | 'touch'} pointer */
async function playBy(session, pointer) {
  // The displayed point follows the sound after a tenth of a second; the second position is far from the initial point, too.
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
    const [x, y] = [[first.x, second.x], [first.y, second.y]].map(([from, to]) => from + (to - from) * step / STEPS);
    await session.move(pointer, { x, y });
  }
  await until(session, 'another place', ([x, y]) => ['across', 'upward'].every((id, axis) =>
    Math.abs((/** @type {HTMLInputElement} */ (document.getElementById(id))).valueAsNumber - [x, y][axis]) > 0.5), before);
  await sounds(session);
  await session.lift(pointer);
  await silence(session);
}

/** The analysis worker and its module, which load on demand. @param {Session} session */
async function listens(session) {
  await session.run(() => document.getElementById('take-bank')?.click());
  await until(session, 'the part that listens', () => /No landmarks yet/.test(document.getElementById('share-status')?.textContent ?? ''));
}

/**
 * Drops a sound, plays the first answer on repeat, stops the search, keeps its answer, and sketches the sound.
 * @param {Session} session
 */
async function findsPatch(session) {
  await session.run((name, base64) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))], name, { type: 'audio/wav' }));
    document.querySelector('main')?.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, PLUCK.name, PLUCK.bytes.toString('base64'));
  await until(session, 'an answer', () => /\d %/.test(document.getElementById('match-answers')?.textContent ?? ''));
  await session.run(() => document.getElementById('match-play')?.click());
  await sounds(session);
  await session.run(() => document.getElementById('job-stop')?.click());
  await until(session, 'the end of the search', () => /\d %/.test(document.getElementById('match-status')?.textContent ?? ''));
  await until(session, 'an answer that can be kept', () => document.getElementById('match-keep')?.getAttribute('aria-disabled') === 'false');
  await session.run(() => document.getElementById('match-keep')?.click());
  await until(session, 'the kept patch', () => !document.getElementById('edited')?.hidden);
  await session.run(() => (/** @type {HTMLElement | null} */ (document.querySelector('button[data-kind=voice]')))?.click());
  await until(session, 'a sketch', () => /A3/.test(document.getElementById('match-notes')?.textContent ?? ''));
  await session.run(() => document.getElementById('job-stop')?.click());
  await until(session, 'how well it is in tune', () => /\d %/.test(document.getElementById('match-status')?.textContent ?? ''));
  await session.run(() => document.getElementById('match-close')?.click());
  await silence(session);
}

/** Goes half the way from the current sound to a preset. @param {Session} session */
async function goesBetween(session) {
  await session.run(() => document.getElementById('two-sounds-open')?.click());
  await until(session, 'the sound A', () => !/…$/.test(document.querySelector('.between-end[data-end=A] span')?.textContent ?? '…'));
  await session.run(() => {
    /** @type {HTMLElement | null} */ (document.querySelector('.between-end[data-end=B]'))?.click();
    const field = /** @type {HTMLInputElement} */ (document.getElementById('between-find'));
    field.value = 'Harpsy';
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await until(session, 'the preset', () => document.querySelector('#between-found button')?.textContent === 'Harpsy');
  await session.run(() => (/** @type {HTMLElement | null} */ (document.querySelector('#between-found button')))?.click());
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
async function playsByVoice(session) {
  await session.run(() => document.getElementById('live-open')?.click());
  await until(session, 'a note of the microphone', () => /\d/.test(document.getElementById('live-note')?.textContent ?? ''));
  await sounds(session);
  await session.run(() => document.getElementById('live-open')?.click());
  await until(session, 'its end', () => document.getElementById('live-open')?.dataset.live === 'false');
  await silence(session);
}

// ---- The journeys ----

/** The page from its own host, the usual case. @param {Session} session @returns {Promise<Rows>} */
async function served(session) {
  const site = await host();
  try {
    await session.goto(site.address);
    await ready(session);
    /** @type {Rows} */
    const rows = {};
    await playBy(session, 'mouse');
    rows['played by mouse'] = 'yes';
    if (session.hasFingers) await playBy(session, 'touch');
    rows['played by touch'] = session.hasFingers ? 'yes' : NOT_TRIED;
    await playByKey(session);
    rows['played by keyboard'] = 'yes';
    await findsPatch(session);
    rows['a patch for a given sound'] = 'yes';
    await goesBetween(session);
    rows['the sounds between two sounds'] = 'yes';
    await playsByVoice(session);
    rows['the microphone plays the sound'] = 'yes';
    await playsTones(session);
    rows['strings, voices, winds and brass'] = 'yes';
    await playsLive(session, ['microphone', 'amSynth', 'feedback']);
    rows['microphone, amSynth and feedback become strings, live'] = 'yes';
    rows['a link opens at the same point'] = await opensLink(session, site.address);
    rows['a reload restores everything'] = await comesBack(session);
    rows['MIDI keyboards'] = await hasMidi(session);
    rows['a link shared through the system’s menu'] = await handsOn(session);
    rows['the screen stays on while sound plays'] = await session.run(() => 'wakeLock' in navigator) ? 'yes' : 'no';
    rows['plays without a network after the first visit'] = await playsOffline(session, site);
    return rows;
  } finally {
    await site.close();
  }
}

/** @param {Session} session @param {string} address */
async function opensLink(session, address) {
  const here = await place(session);
  await session.run(() => document.getElementById('copy-link')?.click());
  await until(session, 'a link', () => (/** @type {any} */ (globalThis)).probe.copied || location.hash);
  const link = await session.run(() => (/** @type {any} */ (globalThis)).probe.copied || location.href);
  await session.run(() => localStorage.clear());
  await session.goto(`${address}help/index.html`);
  await session.goto(link);
  await ready(session);
  assert.deepEqual(await place(session), here);
  return 'yes';
}

/** @param {Session} session */
async function comesBack(session) {
  const before = await place(session);
  await session.run(() => document.getElementById('tool-mark')?.click());
  await until(session, 'a kept landmark', () => (localStorage.getItem('latent-pad.session') ?? '').includes('landmarks'));
  await session.reload();
  await ready(session);
  assert.deepEqual(await place(session), before);
  assert.equal(await session.run(() => document.querySelectorAll('#landmarks > li').length), 1, 'the landmark');
  return 'yes';
}

/** @param {Session} session */
async function hasMidi(session) {
  if (await session.run(() => 'requestMIDIAccess' in navigator)) return 'yes';
  await session.run(() => document.getElementById('midi')?.click());
  await until(session, 'a word on MIDI', () => document.getElementById('midi-status')?.textContent?.includes('no Web MIDI'));
  return 'no; the page says so';
}

/** @param {Session} session */
async function handsOn(session) {
  const [can, offers] = await session.run(() => ['share' in navigator, !document.getElementById('hand-on-link')?.hidden]);
  assert.equal(can, offers);
  return can ? 'yes' : 'no; the page hides the button';
}

/** @param {Session} session @param {Awaited<ReturnType<typeof host>>} site */
async function playsOffline(session, site) {
  if (!await session.run(() => 'serviceWorker' in navigator)) return 'no';
  await until(session, 'a copy for offline use', () => !document.getElementById('kept')?.hidden);
  await site.close();
  await session.goto(`${site.address}?from=a-course`);
  await ready(session);
  await playByKey(session);
  return 'yes';
}

/** Below a path of a host with the strictest policy. @param {Session} session @returns {Promise<Rows>} */
async function strict(session) {
  const bare = NOT_EVERYWHERE.map(name => `delete globalThis.${name};`).join('');
  const site = await host({
    base: '/courses/sound/',
    headers: { 'Content-Security-Policy': STRICT_POLICY },
    pages: { '/probe.js': PROBE.toString() },
    change: (name, body) => (name === 'worklet.js' ? Buffer.concat([Buffer.from(bare), body]) : body),
  }, '<script src="/probe.js"></script>');
  try {
    assert.match(STRICT_POLICY, /^default-src 'self';.*'wasm-unsafe-eval'/, 'docs/hosting.md advises a policy');
    await session.goto(site.address);
    await ready(session);
    await playByKey(session);
    await listens(session);
    const refused = await session.run(() => (/** @type {any} */ (globalThis)).probe.refused);
    assert.deepEqual(refused, [], 'requests that the policy refused');
    return {
      'below any path of a host': 'yes',
      'under a strict content security policy': 'yes',
      'in a bare worklet scope (no `TextDecoder` and the like)': 'yes',
    };
  } finally {
    await site.close();
  }
}

/** In another page, in a sandbox with an opaque origin. @param {Session} session @returns {Promise<Rows>} */
async function embedded(session) {
  const site = await host();
  const course = await hostSite({ pages: { '/course': `<!doctype html><html lang="en"><title>A course</title>
    <iframe src="${site.address}embed.html?x=1.5&controls" title="Latent pad" allow="autoplay" sandbox="allow-scripts"
      style="position: absolute; left: 20px; top: 20px; width: 700px; height: 600px; border: 0"></iframe></html>` } });
  try {
    // Another name of this machine is another origin; browsers treat it as secure.
    await session.goto(`${course.address.replace('127.0.0.1', 'localhost')}course`);
    await session.enterFrame();
    await until(session, 'a pad that can be played', () =>
      ['asleep', 'awake'].includes((/** @type {any} */ (document.querySelector('latent-pad')))?.state)
      && (/** @type {any} */ (document.querySelector('latent-pad'))).shadowRoot.querySelector('#bars')?.hidden === false);
    assert.equal(await session.run(() => self.origin), 'null', 'it has no origin');
    const patch = await session.run(() => JSON.stringify((/** @type {any} */ (document.querySelector('latent-pad'))).patch));
    await session.press('mouse', await pixel(session, 0.5, 0.4));
    await sounds(session);
    // The network's module has arrived: the fallback grid reports no patch.
    await until(session, 'a decoded patch', before =>
      JSON.stringify((/** @type {any} */ (document.querySelector('latent-pad'))).patch) !== before, patch);
    await session.lift('mouse');
    return { 'an element in a sandboxed iframe of another origin': 'yes' };
  } finally {
    await site.close();
    await course.close();
  }
}

/** The single file, opened from disk. @param {Session} session @returns {Promise<Rows>} */
async function fromDisk(session) {
  const { folder, remove } = copySite();
  try {
    rebuild('single', folder);
    const file = join(folder, 'latent-pad.html');
    writeFileSync(file, readFileSync(file, 'utf8').replace('<head>', () => `<head><script>${PROBE}</script>`));
    await session.goto(pathToFileURL(file).href);
    await ready(session);
    await playByKey(session);
    await listens(session);
    await playsTones(session);
    await playsLive(session, ['amSynth', 'feedback']);
    return { 'the single file, opened from disk': 'yes' };
  } finally {
    remove();
  }
}

/** The audio thread's samples of presets, compared with native renders. @param {Session} session @returns {Promise<Rows>} */
async function rendered(session) {
  const jobs = nullJobs(RENDERS);
  assert.equal(jobs.length, PRESETS, `native renders in ${RENDERS}: ./build.sh test makes them`);
  const results = await runJobs(session, jobs, RENDERS);
  const different = results.filter(result => result.different !== 0);
  assert.deepEqual(different.map(({ name, firstFrame, residual_db }) => `${name}: from frame ${firstFrame} on, ${residual_db} dB`), []);
  return { [`${PRESETS} presets: the same samples as native code`]: 'yes' };
}

/** The digest of the first engine's samples of the path. @type {string | undefined} */
let heard;

/**
 * The audio thread's samples of a path with notes, level and operators: the same in every engine, and nearly those of the native
 * render, whose network rounds differently. @param {Session} session @returns {Promise<Rows>}
 */
async function follows(session) {
  const [{ level, digest, residual_db = -Infinity, firstFrame }] = await runJobs(session, [await pathJob(join(RENDERS, PATH_FILE))], RENDERS);
  assert.ok(level > 0.01, 'it sounds');
  assert.ok(residual_db < ROUNDING_DB, `${residual_db} dB from the native render, from frame ${firstFrame} on`);
  heard ??= digest;
  assert.equal(digest, heard, 'the samples are those of the first engine');
  return { 'a path: the same samples in every engine': 'yes' };
}

/** All journeys, and the comparison of samples. */
export const JOURNEYS = { served, strict, embedded, fromDisk, rendered, follows };
