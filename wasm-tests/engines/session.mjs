// What a test can do in any engine: open an address, run a function in the page, and use mouse, finger and keys as a
// person does, by real input events of the browser. The engines' own files say how; a test never asks which it is.

/** @typedef {{ x: number, y: number }} Pixel CSS pixels from the corner of the page, or of the frame that was entered */
/** @typedef {'mouse' | 'touch'} Pointer */

/**
 * @typedef {object} Session
 * @property {(address: string) => Promise<void>} goto
 * @property {() => Promise<void>} reload
 * @property {<Result>(work: (...given: any[]) => Result, ...given: any[]) => Promise<Awaited<Result>>} run
 * in the page, or in the frame that was entered; what is given and answered is JSON
 * @property {() => Promise<void>} enterFrame from now on `run` means the first frame of the page, of any origin
 * @property {string} version of the engine
 * @property {boolean} hasFingers whether the driver can touch
 * @property {(pointer: Pointer, at: Pixel) => Promise<void>} press
 * @property {(pointer: Pointer, to: Pixel) => Promise<void>} move
 * @property {(pointer: Pointer) => Promise<void>} lift
 * @property {(key: string) => Promise<void>} keyDown a letter, a blank or a name as KeyboardEvent.key has it
 * @property {(key: string) => Promise<void>} keyUp
 * @property {() => Promise<void>} close
 */

/** WebDriver's letters for keys without one (https://www.w3.org/TR/webdriver2/#keyboard-actions). @type {Record<string, string>} */
const KEYS = { ArrowLeft: '\uE012', ArrowUp: '\uE013', ArrowRight: '\uE014', ArrowDown: '\uE015', Escape: '\uE00C', Shift: '\uE008' };

/** How long a slide takes: as many events as a quick finger makes. */
const SLIDE_MS = 200;

/**
 * Mouse, finger and keys of a driver that takes the actions of the W3C's WebDriver, which are those of WebDriver BiDi.
 * @param {(sources: object[]) => Promise<unknown>} perform
 */
export function handsOf(perform) {
  /** @param {Pointer} pointer @param {object[]} actions */
  const point = async (pointer, actions) => {
    await perform([{ type: 'pointer', id: pointer, parameters: { pointerType: pointer }, actions }]);
  };
  /** @param {Pixel} pixel */
  const whole = ({ x, y }) => ({ x: Math.round(x), y: Math.round(y) });
  /** @param {'keyDown' | 'keyUp'} type @param {string} key */
  const press = async (type, key) => {
    await perform([{ type: 'key', id: 'keys', actions: [{ type, value: KEYS[key] ?? key }] }]);
  };
  return {
    /** @param {Pointer} pointer @param {Pixel} at */
    press: (pointer, at) => point(pointer, [{ type: 'pointerMove', duration: 0, ...whole(at) }, { type: 'pointerDown', button: 0 }]),
    /** @param {Pointer} pointer @param {Pixel} to */
    move: (pointer, to) => point(pointer, [{ type: 'pointerMove', duration: SLIDE_MS, ...whole(to) }]),
    /** @param {Pointer} pointer */
    lift: pointer => point(pointer, [{ type: 'pointerUp', button: 0 }]),
    /** @param {string} key */
    keyDown: key => press('keyDown', key),
    /** @param {string} key */
    keyUp: key => press('keyUp', key),
  };
}
