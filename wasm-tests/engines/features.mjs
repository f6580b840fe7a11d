// The journeys of a person with the instrument, the same in every engine: each way to open it is one, and each
// feature on it is a row of README.md's support table. A row says "yes", or "no" and what the page does instead;
// anything else is a failure and throws.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { copySite, rebuild } from '../browser/copies.mjs';
import { runJobs } from './engines.mjs';
import { hostSite } from './hosting.mjs';
import { nullJobs, RENDERS } from './jobs.mjs';
import { PATH_FILE, pathJob } from './path_job.mjs';
import { findsPatch, goesBetween, listens, pixel, place, playBy, playsByVoice } from './steps.mjs';
import { playsLive, playsTones } from './tones.mjs';
import { playByKey, ready, sounds, until } from './waits.mjs';

/** @typedef {import('./session.mjs').Session} Session */
/** @typedef {Record<string, string>} Rows what a row of the table says */

/** The policy that docs/hosting.md recommends: no inline code, no eval, nothing from other origins. */
const STRICT_POLICY =
  /^Content-Security-Policy: (.*)$/m.exec(readFileSync(new URL('../../docs/hosting.md', import.meta.url), 'utf8'))?.[1]
  ?? '';

/** Globals that a worklet's scope has only in some browsers. */
const NOT_EVERYWHERE = [
  'TextDecoder',
  'TextEncoder',
  'performance',
  'crypto',
  'fetch',
  'atob',
  'btoa',
  'URL',
  'console',
  'setTimeout',
  'queueMicrotask',
  'structuredClone',
];

/** The cell of a row that the driver cannot test. */
const NOT_TRIED = 'not tested: its driver has no touch';

/** The number of presets that `./build.sh test` renders natively. */
const PRESETS = 20;

/**
 * The greatest difference from a path's native render, in decibels: it is −78, all of it by the rounding of the
 * network's values (path_trace.mjs).
 */
const ROUNDING_DB = -70;

const PROBE = readFileSync(new URL('probe.js', import.meta.url));

/**
 * Hosts the site with the probe inserted before its scripts.
 * @param {import('./hosting.mjs').Hosting} [hosting]
 * @param {string} [script] the probe as the page gets it: within, so that it is kept with the page
 */
const host = ({ change = () => undefined, ...rest } = {}, script = `<script>${PROBE}</script>`) =>
  hostSite({
    ...rest,
    change: (name, body) =>
      name.endsWith('.html')
        ? Buffer.from(body.toString().replace('<head>', () => `<head>${script}`))
        : change(name, body),
  });

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
    rows['the screen stays on while sound plays'] = (await session.run(() => 'wakeLock' in navigator)) ? 'yes' : 'no';
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
  await until(session, 'a link', () => /** @type {any} */ (globalThis).probe.copied || location.hash);
  const link = await session.run(() => /** @type {any} */ (globalThis).probe.copied || location.href);
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
  await until(session, 'a kept landmark', () =>
    (localStorage.getItem('latent-pad.session') ?? '').includes('landmarks'),
  );
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
  await until(session, 'a word on MIDI', () =>
    document.getElementById('midi-status')?.textContent?.includes('no Web MIDI'),
  );
  return 'no; the page says so';
}

/** @param {Session} session */
async function handsOn(session) {
  const [can, offers] = await session.run(() => [
    'share' in navigator,
    !document.getElementById('hand-on-link')?.hidden,
  ]);
  assert.equal(can, offers);
  return can ? 'yes' : 'no; the page hides the button';
}

/** @param {Session} session @param {Awaited<ReturnType<typeof host>>} site */
async function playsOffline(session, site) {
  if (!(await session.run(() => 'serviceWorker' in navigator))) return 'no';
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
  const site = await host(
    {
      base: '/courses/sound/',
      headers: { 'Content-Security-Policy': STRICT_POLICY },
      pages: { '/probe.js': PROBE.toString() },
      change: (name, body) => (name === 'worklet.js' ? Buffer.concat([Buffer.from(bare), body]) : body),
    },
    '<script src="/probe.js"></script>',
  );
  try {
    assert.match(STRICT_POLICY, /^default-src 'self';.*'wasm-unsafe-eval'/, 'docs/hosting.md advises a policy');
    await session.goto(site.address);
    await ready(session);
    await playByKey(session);
    await listens(session);
    const refused = await session.run(() => /** @type {any} */ (globalThis).probe.refused);
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
  const course = await hostSite({
    pages: {
      '/course': `<!doctype html><html lang="en"><title>A course</title>
    <iframe src="${site.address}embed.html?x=1.5&controls" title="Latent pad" allow="autoplay" sandbox="allow-scripts"
      style="position: absolute; left: 20px; top: 20px; width: 700px; height: 600px; border: 0"></iframe></html>`,
    },
  });
  try {
    // Another name of this machine is another origin; browsers treat it as secure.
    await session.goto(`${course.address.replace('127.0.0.1', 'localhost')}course`);
    await session.enterFrame();
    await until(
      session,
      'a pad that can be played',
      () =>
        ['asleep', 'awake'].includes(/** @type {any} */ (document.querySelector('latent-pad'))?.state)
        && /** @type {any} */ (document.querySelector('latent-pad')).shadowRoot.querySelector('#bars')?.hidden
          === false,
    );
    assert.equal(await session.run(() => self.origin), 'null', 'it has no origin');
    const patch = await session.run(() =>
      JSON.stringify(/** @type {any} */ (document.querySelector('latent-pad')).patch),
    );
    await session.press('mouse', await pixel(session, 0.5, 0.4));
    await sounds(session);
    // The network's module has arrived: the fallback grid reports no patch.
    await until(
      session,
      'a decoded patch',
      before => JSON.stringify(/** @type {any} */ (document.querySelector('latent-pad')).patch) !== before,
      patch,
    );
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
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('<head>', () => `<head><script>${PROBE}</script>`),
    );
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

/**
 * The audio thread's samples of presets, compared with native renders.
 * @param {Session} session @returns {Promise<Rows>}
 */
async function rendered(session) {
  const jobs = nullJobs(RENDERS);
  assert.equal(jobs.length, PRESETS, `native renders in ${RENDERS}: ./build.sh test makes them`);
  const results = await runJobs(session, jobs, RENDERS);
  const different = results.filter(result => result.different !== 0);
  assert.deepEqual(
    different.map(({ name, firstFrame, residual_db }) => `${name}: from frame ${firstFrame} on, ${residual_db} dB`),
    [],
  );
  return { [`${PRESETS} presets: the same samples as native code`]: 'yes' };
}

/** The digest of the first engine's samples of the path. @type {string | undefined} */
let heard;

/**
 * The audio thread's samples of a path with notes, level and operators: the same in every engine, and nearly those of
 * the native render, whose network rounds differently.
 * @param {Session} session @returns {Promise<Rows>}
 */
async function follows(session) {
  const [{ level, digest, residual_db = -Infinity, firstFrame }] = await runJobs(
    session,
    [await pathJob(join(RENDERS, PATH_FILE))],
    RENDERS,
  );
  assert.ok(level > 0.01, 'it sounds');
  assert.ok(residual_db < ROUNDING_DB, `${residual_db} dB from the native render, from frame ${firstFrame} on`);
  heard ??= digest;
  assert.equal(digest, heard, 'the samples are those of the first engine');
  return { 'a path: the same samples in every engine': 'yes' };
}

/** All journeys, and the comparison of samples. */
export const JOURNEYS = { served, strict, embedded, fromDisk, rendered, follows };
