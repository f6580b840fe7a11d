// The actions of a test in any engine: opening an address, running a function in the page, and using mouse, finger and
// keys through the browser's real input events. The files of the engines implement it; a test must never ask which
// engine it runs in.

/**
 * @typedef {{ x: number, y: number }} Pixel CSS pixels from the corner of the page, or of the frame that was entered
 */
/** @typedef {'mouse' | 'touch'} Pointer */

/**
 * @typedef {object} Session
 * @property {(address: string) => Promise<void>} goto
 * @property {() => Promise<void>} reload
 * @property {<Result>(work: (...given: any[]) => Result, ...given: any[]) => Promise<Awaited<Result>>} run
 * in the page, or in the frame that was entered; arguments and result are JSON
 * @property {() => Promise<void>} enterFrame from now on `run` means the first frame of the page, of any origin
 * @property {string} version of the engine
 * @property {boolean} hasFingers whether the driver can touch
 * @property {(pointer: Pointer, at: Pixel) => Promise<void>} press
 * @property {(pointer: Pointer, to: Pixel) => Promise<void>} move
 * @property {(pointer: Pointer) => Promise<void>} lift
 * @property {(key: string) => Promise<void>} keyDown a value of KeyboardEvent.key
 * @property {(key: string) => Promise<void>} keyUp
 * @property {() => Promise<void>} close
 */

/**
 * WebDriver's code points for keys without a character (https://www.w3.org/TR/webdriver2/#keyboard-actions).
 * @type {Record<string, string>}
 */
const KEYS = {
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Escape: '\uE00C',
  Shift: '\uE008',
};

/** The duration of a slide, which gives as many events as a quick finger. */
const SLIDE_MS = 200;

/**
 * Mouse, finger and keys for a driver with the actions of W3C WebDriver, which WebDriver BiDi shares.
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
    press: (pointer, at) =>
      point(pointer, [
        { type: 'pointerMove', duration: 0, ...whole(at) },
        { type: 'pointerDown', button: 0 },
      ]),
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
