// The planner of paths on the map of what plays: that of the site, of an instrument of recorded tones, or of a model of a
// person's own. Loads another one when something else plays.
import { PathPlanner } from '../path_editor.js';
import { SCALES } from './contour.js';
import { domain } from './measure.js';
import { loadModule } from './module.js';

/** Why there is none: it cannot be loaded, or the model that plays came without a map, or with one of other scales. @typedef {'lost' | 'no_map' | 'other_map'} NoMap */

/** What is measured of a patch, in this order: `crate/plane/search/tests/all/page_layers.rs` compares it. */
const LAYERS = [...SCALES, 'reverb', 'loudness'].join();

export class MapPlanner {
  #port;
  /** What it was last asked for: the domain, undefined for amSynth, and the model, undefined for the site's own. @type {[string | undefined, ArrayBuffer | undefined] | undefined} */
  #for;
  /** Rejects with a NoMap. @type {Promise<PathPlanner> | undefined} */
  planner;
  /** The same, once it is there. @type {PathPlanner | undefined} */
  loaded;

  /** @param {import('../app.js').PanelPort} port */
  constructor(port) {
    this.#port = port;
  }

  /** @returns {[string | undefined, ArrayBuffer | undefined]} */
  #playing() {
    const own = domain();
    return [own, own ? undefined : this.#port.decoder()];
  }

  /** Whether it was last asked for something else than what plays. */
  get isOutdated() {
    return this.#for !== undefined && this.#playing().some((part, at) => part !== this.#for?.[at]);
  }

  /** Whether it is that of what plays. */
  get isCurrent() {
    return this.planner !== undefined && !this.isOutdated;
  }

  /** Loads that of what plays. */
  load() {
    const playing = this.#for = this.#playing();
    this.loaded = undefined;
    const planner = this.planner = this.#load(...playing);
    planner.then(loaded => { if (planner === this.planner) this.loaded = loaded; }, () => { if (planner === this.planner) this.planner = undefined; });
    return planner;
  }

  /** @param {string | undefined} own @param {ArrayBuffer | undefined} model */
  async #load(own, model) {
    const lost = () => { throw /** @type {NoMap} */ ('lost'); };
    await loadModule(name => this.#port.address(name)).catch(lost);
    const text = model ? this.#port.modelMap() : await fetch(this.#port.address(own ? `timbre/${own}.map.json` : 'map.json')).then(answer => answer.text(), () => undefined);
    if (text === '') throw /** @type {NoMap} */ ('no_map');
    const planner = await Promise.resolve(text ?? '').then(text => new PathPlanner(text)).catch(lost);
    // What is measured is compared with the layers in their order.
    /** @type {{ name: string }[]} */
    const layers = model && text ? JSON.parse(text).layers : [];
    if (model && layers.map(({ name }) => name).join() !== LAYERS) throw /** @type {NoMap} */ ('other_map');
    return planner;
  }
}
