// Measures how points of the plane and parts of a sound are, in the workers of the page's host: the patch at a point,
// or the tone there of an instrument of recorded tones. Knows nothing of paths. Decides nothing.
import { orLost } from '../panel/files.js';
import { Transforms } from '../tone-sounds/transforms.js';
import { METERS } from '../workers/host.js';
import { MapNetworks } from '../workers/networks.js';

/** @import { PathsTones } from '../panels.js' */
/** The resources of a page. @typedef {Pick<import('../app.js').PanelPort, 'address' | 'decoder'>} MeasurePort */

/** The keeper of the workers. */
const KEEPER = 'paths';
const TONE_RATE_HZ = 44_100;
/** The scales of a tone; its map has a layer for each. */
const SCALES = 7;

export class Measurer {
  #host;
  #networks;
  #tones;

  /** @param {MeasurePort} port @param {import('../workers/host.js').WorkerHost} host */
  constructor(port, host) {
    this.#host = host;
    this.#networks = new MapNetworks(host, port);
    this.#tones = new Transforms(name => port.address(name));
  }

  /**
   * A value for each layer of the map at each point. Rejects with `lost`, or with the signal's reason.
   * @param {readonly number[][]} points @param {PathsTones | null} tones null: amSynth
   * @param {number | null} note_s seconds from one struck note to the next; null: the test note
   * @param {AbortSignal} signal @param {(share: number) => void} progress
   */
  async points(points, tones, note_s, signal, progress) {
    this.#host.keep(KEEPER);
    // A person waits for what loads before the first one is measured.
    const first = this.#layers(points[0], tones, note_s, signal);
    await first;
    progress(0);
    /** @type {Float32Array[]} */
    const rows = [];
    let next = 0;
    let done = 0;
    await Promise.all(
      METERS.map(async () => {
        while (next < points.length) {
          const index = next++;
          rows[index] = await (index === 0 ? first : this.#layers(points[index], tones, note_s, signal));
          done++;
          progress(done / points.length);
        }
      }),
    );
    return rows.flatMap(row => [...row]);
  }

  /**
   * @param {readonly number[]} point @param {PathsTones | null} tones @param {number | null} note_s
   * @param {AbortSignal} signal
   */
  async #layers([x, y], tones, note_s, signal) {
    signal.throwIfAborted();
    if (!tones) {
      const patch = await this.#networks.call('decode', [x, y], signal);
      if (note_s === null) return this.#host.call('measure_patch', [patch], signal);
      return this.#host.call('measure_struck', [patch, note_s], signal);
    }
    const tone = await orLost(this.#tones.tone({ ...tones, x, y }));
    const scales = await this.#host.call('describe', [tone, tone, TONE_RATE_HZ], signal);
    return scales.slice(0, SCALES);
  }

  /**
   * The scales of each part of a sound; not-a-number or nothing where a part is silent. Rejects like `points`.
   * @param {{ samples: Float32Array, right: Float32Array }} sound @param {number} rate_hz
   * @param {readonly number[][]} parts first frame, and first after it @param {AbortSignal} signal
   */
  parts({ samples, right }, rate_hz, parts, signal) {
    this.#host.keep(KEEPER);
    const other = right.length > 0 ? right : samples;
    return Promise.all(
      parts.map(async ([from, to]) => {
        const given = /** @type {const} */ ([samples.slice(from, to), other.slice(from, to), rate_hz]);
        return [...(await this.#host.call('describe', [...given], signal))];
      }),
    );
  }

  /** Frees the workers. */
  free() {
    this.#host.free(KEEPER);
  }
}
