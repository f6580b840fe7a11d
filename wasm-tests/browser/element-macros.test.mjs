// The macro-controls of <latent-pad>: AudioParams that a page automates change the sound. `./build.sh test --long` runs
// it: it measures a whole sound, as the page's own macro-controls do in macros.test.mjs. About 30 s.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hostSite } from '../engines/hosting.mjs';
import { eventually } from './eventually.mjs';
import { host } from './host.mjs';
import { visits } from './visits.mjs';

const { visit } = visits();
/** @type {Awaited<ReturnType<typeof hostSite>>} */
let site;
before(async () => {
  site = await hostSite({
    change: (name, body) => (name === 'macro-processor.js' ? Buffer.concat([Buffer.from(TELLING), body]) : body),
  });
});
after(() => site?.close());

/** Runs in the audio scope before the site's processor, which then tells its node that it has ended. */
const TELLING = `
const register = registerProcessor;
globalThis.registerProcessor = (name, Processor) => register(name, class extends Processor {
  process(...given) {
    const goesOn = super.process(...given);
    if (!goesOn) this.port.postMessage('ended');
    return goesOn;
  }
});
`;

/** Runs before the page's scripts: counts the nodes whose processors have ended. */
function countEnded() {
  const Node = AudioWorkletNode;
  Object.assign(globalThis, {
    ended: 0,
    AudioWorkletNode: class extends Node {
      /** @param {BaseAudioContext} context @param {string} name @param {AudioWorkletNodeOptions} options */
      constructor(context, name, options) {
        super(context, name, options);
        this.port.addEventListener('message', ({ data }) => {
          if (data === 'ended') /** @type {any} */ (globalThis).ended++;
        });
      }
    },
  });
}

test('a page automates a macro-control until the point moves or the pad is removed; before the first sound it gets a sentence', async () => {
  const visited = await visit({ viewport: { width: 800, height: 700 } });
  await visited.page.addInitScript(countEnded);
  const visitor = await host(visited, site.address, '<latent-pad></latent-pad>');
  const { page, pad } = visitor;
  // The page's own context goes on without the pad.
  await page.evaluate(() => {
    Object.assign(/** @type {any} */ (document.querySelector('latent-pad')), { audioContext: new AudioContext() });
  });
  await pad.ready();
  const refused = await page.evaluate(() =>
    /** @type {any} */ (document.createElement('latent-pad'))
      .macros()
      .catch((/** @type {Error} */ error) => error.message),
  );
  assert.match(refused, /^the pad has not loaded yet: wait /);
  await pad.press({ across: 0.5, down: 0.4 });
  await pad.lift();
  await eventually(async () => Boolean((await pad.get('patch'))[0]), true);
  const shares = await page.evaluate(async () => {
    const pad = /** @type {any} */ (document.querySelector('latent-pad'));
    /** @type {number[]} */
    const shares = [];
    Object.assign(globalThis, { macros: await pad.macros((/** @type {number} */ share) => shares.push(share)) });
    return shares;
  });
  assert.ok(shares.length > 4 && shares.every(share => share > 0 && share < 1), `${shares}`);
  const macros = (/** @type {string} */ script) =>
    page.evaluate(`(${script})(macros, document.querySelector('latent-pad'))`);
  const reach = /** @type {any} */ (await macros('macros => macros.reach'));
  assert.deepEqual(Object.keys(reach), [
    'brightness',
    'warmth',
    'hardness',
    'roughness',
    'depth',
    'attack',
    'length',
    'movement',
  ]);
  const [property] = Object.keys(reach).filter(property => reach[property].more > 5);
  const [before] = await pad.get('patch');

  await macros(
    `(macros, pad) => { macros.param('${property}').linearRampToValueAtTime(1, pad.audioContext.currentTime + 0.3); }`,
  );
  await eventually(() => macros(`macros => macros.param('${property}').value`), 1);
  const moved = await eventually(
    async () => (await pad.get('patch'))[0],
    patch => JSON.stringify(patch) !== JSON.stringify(before),
  );
  assert.ok(moved);
  assert.equal(await macros('macros => macros.isCurrent'), true);
  await macros(`(macros, pad) => { macros.param('${property}').setValueAtTime(0, pad.audioContext.currentTime); }`);
  await eventually(async () => (await pad.get('patch'))[0], before);

  /** Waits until the pad has played for a second, in which its point and its patch arrive. */
  const played = async () => {
    const begin_s = Number(await macros('(macros, pad) => pad.audioContext.currentTime'));
    await eventually(
      async () => Number(await macros('(macros, pad) => pad.audioContext.currentTime')) > begin_s + 1,
      true,
    );
  };
  await pad.set({ x: 2 });
  await eventually(() => macros('macros => macros.isCurrent'), false);
  // Compares two patches, a second of sound apart: once they are equal and differ from the one before, the move has
  // arrived.
  let [last, elsewhere] = [before, before];
  await eventually(
    async () => {
      await played();
      [last, [elsewhere]] = [elsewhere, await pad.get('patch')];
      return [last, elsewhere, before].map(patch => JSON.stringify(patch));
    },
    ([last, now, before]) => now === last && now !== before,
    'the patch of the other point',
  );
  await macros(`(macros, pad) => { macros.param('${property}').setValueAtTime(1, pad.audioContext.currentTime); }`);
  await eventually(() => macros(`macros => macros.param('${property}').value`), 1);
  await played();
  assert.deepEqual((await pad.get('patch'))[0], elsewhere, 'another sound is not theirs');
  const ended = () => page.evaluate(() => /** @type {any} */ (globalThis).ended);
  assert.equal(await ended(), 0);
  await macros('(macros, pad) => pad.remove()');
  await eventually(ended, 1, 'the audio thread goes on with them');
  await macros('macros => macros.close()');
  const unknown = await macros(
    'macros => { try { macros.param("sharpness"); } catch (error) { return error.message; } }',
  );
  assert.match(String(unknown), /^there is no macro-control sharpness: choose one of brightness, /);
  await visitor.close();
});
