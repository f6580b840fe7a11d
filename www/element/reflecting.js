// The properties of <latent-pad> that only reflect attributes. Must keep no value of its own.

const LATENCIES = ['interactive', 'balanced', 'playback'];

/** A server that renders a page imports the module and has no elements. */
const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});

export class ReflectingElement extends Base {
  get controls() {
    return this.hasAttribute('controls');
  }
  set controls(controls) {
    this.toggleAttribute('controls', Boolean(controls));
  }

  get ruler() {
    return this.hasAttribute('ruler');
  }
  set ruler(ruler) {
    this.toggleAttribute('ruler', Boolean(ruler));
  }

  get panels() {
    return this.getAttribute('panels') ?? '';
  }
  set panels(panels) {
    this.setAttribute('panels', panels);
  }

  get theme() {
    return this.getAttribute('theme') ?? 'auto';
  }
  set theme(theme) {
    this.setAttribute('theme', theme);
  }

  get latency() {
    const latency = this.getAttribute('latency');
    return latency && LATENCIES.includes(latency) ? latency : LATENCIES[0];
  }
  set latency(latency) {
    this.setAttribute('latency', latency);
  }

  get src() {
    return this.getAttribute('src') ?? '';
  }
  set src(src) {
    this.setAttribute('src', src);
  }
}
