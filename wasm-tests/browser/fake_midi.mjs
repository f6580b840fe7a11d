// A fake of Web MIDI: devices that are connected and disconnected, keys pressed on them, and the messages sent to them.

/**
 * Installs the fake before the page's scripts, with MIDI 'allowed', 'denied' or 'absent'.
 * @param {import('playwright-core').Page} page @param {'allowed' | 'denied' | 'absent'} how
 */
export async function fakeMidi(page, how) {
  await page.addInitScript(how => {
    /** @type {Map<string, any>} */
    const inputs = new Map();
    /** @type {Map<string, any>} */
    const outputs = new Map();
    /** A port whose output is its input. */
    const LOOPBACK = 'Loopback';
    const cable = {
      asked: 0,
      /** @type {number[][]} */
      sent: [],
      access: /** @type {any} */ ({ inputs, outputs, onstatechange: null }),
      /** @param {string} name */
      plug(name) {
        inputs.set(`in ${name}`, { id: `in ${name}`, name, state: 'connected', onmidimessage: null });
        outputs.set(`out ${name}`, {
          id: `out ${name}`,
          name,
          state: 'connected',
          send: (/** @type {number[]} */ bytes) => {
            cable.sent.push(Array.from(bytes));
            if (name === LOOPBACK) setTimeout(() => cable.play(name, Array.from(bytes)));
          },
        });
        cable.access.onstatechange?.(new Event('statechange'));
      },
      /** @param {string} name */
      unplug(name) {
        inputs.delete(`in ${name}`);
        outputs.delete(`out ${name}`);
        cable.access.onstatechange?.(new Event('statechange'));
      },
      /** @param {string} name @param {number[]} bytes */
      play(name, bytes) {
        const event = Object.assign(new Event('midimessage'), { data: Uint8Array.from(bytes) });
        const port = inputs.get(`in ${name}`);
        Object.defineProperty(event, 'target', { value: port });
        port.onmidimessage?.(event);
      },
    };
    Object.assign(globalThis, { cable });
    if (how === 'absent') {
      Reflect.deleteProperty(Navigator.prototype, 'requestMIDIAccess');
      return;
    }
    Object.defineProperty(navigator, 'requestMIDIAccess', {
      value: async () => {
        cable.asked++;
        if (how === 'denied') throw new DOMException('no', 'SecurityError');
        return cable.access;
      },
    });
  }, how);
  /** @param {string} method @param {unknown[]} given */
  const call = (method, ...given) =>
    page.evaluate(
      ([method, given]) => /** @type {any} */ (globalThis).cable[method](...given),
      /** @type {const} */ ([method, given]),
    );
  return {
    /** @param {string} name */
    plug: name => call('plug', name),
    /** @param {string} name */
    unplug: name => call('unplug', name),
    /** @param {string} name @param {number[]} bytes */
    play: (name, ...bytes) => call('play', name, bytes),
    asked: () => page.evaluate(() => /** @type {any} */ (globalThis).cable.asked),
    /** The messages sent since the last call. @returns {Promise<number[][]>} */
    takeSent: () => page.evaluate(() => /** @type {any} */ (globalThis).cable.sent.splice(0)),
  };
}
