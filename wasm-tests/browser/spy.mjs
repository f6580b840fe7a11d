// What the page says to its worklet, and where it says that you are: in words, which come ten times a second, and to
// the sound itself (`latentX`, once there is a node). The page is not told; its messages go through.
import { COMMAND as SAY } from '../../target/site/protocol.js';

/** Runs in the page before its own scripts. */
function listen() {
  /** @type {unknown[][]} */
  const said = [];
  Object.assign(globalThis, { said });
  const post = MessagePort.prototype.postMessage;
  /** @this {MessagePort} @param {any} message @param {any[]} rest */
  MessagePort.prototype.postMessage = function (message, ...rest) {
    if (Array.isArray(message)) said.push(message.map(part => (part instanceof Float32Array ? [...part] : part)));
    return post.apply(this, /** @type {any} */ ([message, ...rest]));
  };
  const maps = /** @type {any} */ (AudioParamMap.prototype);
  const { get } = maps;
  maps.get = function (/** @type {string} */ name) {
    const parameter = get.call(this, name);
    if (name === 'latentX') Object.assign(globalThis, { latentX: parameter });
    return parameter;
  };
}

export const { NOTE_ON, NOTE_OFF, PITCH_BEND, CONTROL_CHANGE, HOLD_PARAMETER, SET_PATCH, ARPEGGIO } = SAY;

/** @param {import('playwright-core').Page} page */
export async function spy(page) {
  await page.addInitScript(listen);
  /** All messages since the page opened: `[code, a, b, part]`. @returns {Promise<any[][]>} */
  const messages = () => page.evaluate(() => (/** @type {any} */ (globalThis)).said);
  return {
    messages,
    /** Messages of these codes since the last call. @param {number[]} codes @returns {Promise<any[][]>} */
    take: (...codes) => page.evaluate(codes => {
      const taken = (/** @type {any} */ (globalThis)).said.splice(0);
      return taken.filter((/** @type {number[]} */ [code]) => codes.includes(code));
    }, codes),
    /** The parts of the notes that are on, as `part:key`. */
    async sounding() {
      const on = new Set();
      for (const [code, key, , part] of await messages()) {
        if (code === NOTE_ON) on.add(`${part}:${key}`);
        if (code === NOTE_OFF) on.delete(`${part}:${key}`);
      }
      return [...on].sort();
    },
    /** No note is on any more. */
    async quiet() {
      while ((await this.sounding()).length > 0) await shown(page);
    },
    /** The last patch that part 0 was given. @returns {Promise<number[] | undefined>} */
    async patch() {
      return (await messages()).findLast(([code, , , part]) => code === SET_PATCH && part === 0)?.[1];
    },
  };
}

/** Where the page says that you are: x and y, each -4…4. @param {import('playwright-core').Page} page */
export async function place(page) {
  await shown(page);
  return page.evaluate(() => ['across', 'upward'].map(id =>
    (/** @type {HTMLInputElement} */ (document.getElementById(id))).valueAsNumber));
}

/**
 * All that was done is shown: two frames later, and the words of what moves in the first frame that begins a tenth of
 * a second after the last ones (WORDS_MS in crate/app/src/page/frame.rs).
 * @param {import('playwright-core').Page} page
 */
export const shown = page => page.evaluate(() => new Promise(resolve => {
  const start_ms = performance.now();
  const look = (/** @type {number} */ now_ms) => {
    if (now_ms - start_ms < 100) requestAnimationFrame(look);
    else requestAnimationFrame(resolve);
  };
  requestAnimationFrame(look);
}));

/** What the pad's canvases show, as text to compare. @param {import('playwright-core').Page} page */
export const drawn = page => page.evaluate(() => ['map', 'pad'].map(id =>
  (/** @type {HTMLCanvasElement} */ (document.getElementById(id))).toDataURL()).join());
