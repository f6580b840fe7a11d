// Records what a page really plays: a node that replaces the destination passes everything on to the real one and to a
// recorder. Must never change a sample.
import { eventually } from './eventually.mjs';
import { PATIENCE_MS } from './site.mjs';
import { AUDIBLE, fundamental_hz, level, SILENT } from './sound.mjs';

/** A silence of this length is not a pause between two notes. */
const SILENCE_MS = 250;
/** The length of sound that a pitch estimate needs. */
const PITCH_MS = 600;

// Two render quanta per message: 5 ms, fine enough to measure latency.
const PROCESSOR = `
  registerProcessor('recorder-of-the-tests', class extends AudioWorkletProcessor {
    chunk = new Float32Array(256);
    filled = 0;
    process([input], [output]) {
      const frames = output[0].length;
      for (let frame = 0; frame < frames; frame++) {
        let sum = 0;
        for (const channel of input) sum += channel[frame] / input.length;
        this.chunk[this.filled++] = sum;
        if (this.filled === this.chunk.length) {
          this.port.postMessage({ at_s: currentTime, samples: this.chunk });
          this.filled = 0;
        }
      }
      return true;
    }
  });`;

/** Runs in the page before its own scripts. @param {string} processorUrl */
function listen(processorUrl) {
  /**
   * Its time of arrival by the page's clock, and its time by the sound's clock.
   * @typedef {{ at_ms: number, at_s: number, samples: Float32Array }} Chunk
   */
  const recording = {
    rate_hz: 0,
    /** @type {Chunk[]} */
    chunks: [],
    pressed_at_ms: 0,
    /** @type {AudioContext | undefined} */
    context: undefined,
    /** The point whose patch the instrument has reported last. @type {number[] | undefined} */
    latent: undefined,
    /** The time of that report by the sound's clock, which stops with the audio thread. */
    latent_at_s: 0,
    /** True if the instrument decodes by the network: until it is loaded, the grid's patches play. */
    decodes: false,
  };
  Object.assign(globalThis, { recording });
  for (const type of ['pointerdown', 'keydown']) {
    addEventListener(
      type,
      event => {
        if (!(/** @type {KeyboardEvent} */ (event).repeat)) recording.pressed_at_ms = performance.now();
      },
      { capture: true },
    );
  }

  /** @param {AudioContext} context @param {AudioNode} loudspeaker */
  const listenTo = (context, loudspeaker) => {
    const tap = new GainNode(context);
    tap.connect(loudspeaker);
    recording.rate_hz = context.sampleRate;
    recording.context = context;
    context.audioWorklet.addModule(processorUrl).then(() => {
      const recorder = new AudioWorkletNode(context, 'recorder-of-the-tests');
      recorder.port.onmessage = ({ data }) => recording.chunks.push({ at_ms: performance.now(), ...data });
      tap.connect(recorder);
      recorder.connect(loudspeaker);
    });
    return tap;
  };
  const Context = AudioContext;
  Object.assign(globalThis, {
    AudioContext: class extends Context {
      /** @type {GainNode | undefined} */
      tap;
      get destination() {
        this.tap ??= listenTo(this, super.destination);
        return /** @type {any} */ (this.tap);
      }
    },
  });
  const Node = AudioWorkletNode;
  Object.assign(globalThis, {
    AudioWorkletNode: class extends Node {
      /** @param {BaseAudioContext} context @param {string} name @param {AudioWorkletNodeOptions} [options] */
      constructor(context, name, options) {
        super(context, name, options);
        this.port.addEventListener('message', ({ data }) => {
          const latent_at_s = context.currentTime;
          // Earlier reports are of the grid's patches.
          if (data.type === 'ready') Object.assign(recording, { decodes: true, latent: undefined, latent_at_s });
          if (data.type === 'patch') Object.assign(recording, { latent: data.latent, latent_at_s });
        });
      }
    },
  });
}

/**
 * Waits until a page that is recorded and sounds has the patch of its current point from the instrument, which decodes
 * it and glides there. For a preset or an edited patch the instrument reports nothing.
 * @param {Pick<import('playwright-core').Page, 'evaluate' | 'waitForFunction'>} page
 */
export async function decoded(page) {
  const since_s = await page.evaluate(() => /** @type {any} */ (globalThis).recording?.context?.currentTime ?? 0);
  await page.waitForFunction(since_s => {
    const { recording } = /** @type {any} */ (globalThis);
    if (recording?.context?.state !== 'running') return true;
    const quiet_s = recording.context.currentTime - Math.max(recording.latent_at_s, since_s - 0.1);
    // The sliders round the point to a twentieth.
    return (
      quiet_s > 0.7
      || (quiet_s > 0.1
        && ['across', 'upward'].every(
          (id, axis) =>
            Math.abs(
              Number(/** @type {HTMLInputElement | null} */ (document.getElementById(id))?.valueAsNumber)
                - recording.latent?.[axis],
            ) < 0.026,
        ))
    );
  }, since_s);
}

/**
 * The same once the network has decoded it: until that is loaded, the grid's patches play.
 * The sound must be awake, or waking.
 * @param {Parameters<typeof decoded>[0]} page
 */
export async function networkDecoded(page) {
  await page.waitForFunction(() => /** @type {any} */ (globalThis).recording.decodes);
  await decoded(page);
}

/**
 * @param {import('playwright-core').Page} page
 * @param {() => import('playwright-core').Page | import('playwright-core').Frame} where it plays: the page, or a frame
 * in it
 */
export async function record(page, where = () => page) {
  // Playwright cannot route a worklet's requests, so the processor is a data URL.
  await page.addInitScript(listen, `data:text/javascript,${encodeURIComponent(PROCESSOR)}`);

  /** The samples played since the last call, both channels mixed; at the earliest from a time of the sound on. */
  const take = async (from_s = 0) => {
    const { rate_hz, base64 } = await where().evaluate(from_s => {
      const { recording } = /** @type {any} */ (globalThis);
      const chunks = recording.chunks.splice(0);
      let bytes = '';
      for (const { at_s, samples } of chunks) {
        if (at_s >= from_s) bytes += String.fromCharCode(...new Uint8Array(samples.buffer));
      }
      return { rate_hz: recording.rate_hz, base64: btoa(bytes) };
    }, from_s);
    const bytes = Buffer.from(base64, 'base64');
    return {
      rate_hz,
      samples: new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)),
    };
  };

  /**
   * Discards earlier samples, then records a time of sound: on a busy machine that takes longer. Without a sound that
   * runs it records nothing for that time.
   * @param {number} duration_ms
   */
  const during = async duration_ms => {
    await take();
    // Earlier sound may arrive later.
    const from_s = await where().evaluate(() => /** @type {any} */ (globalThis).recording.context?.currentTime ?? 0);
    await page.waitForTimeout(duration_ms);
    await where().waitForFunction(
      ([duration_ms, from_s]) => {
        const { context, rate_hz, chunks } = /** @type {any} */ (globalThis).recording;
        const frames = chunks.reduce(
          (/** @type {number} */ sum, /** @type {any} */ { at_s, samples }) =>
            sum + (at_s >= from_s ? samples.length : 0),
          0,
        );
        return context?.state !== 'running' || 1000 * frames >= duration_ms * rate_hz;
      },
      [duration_ms, from_s],
    );
    return take(from_s);
  };

  /**
   * True if there was any sound since the last call, or is one now, also one that ends by itself. Waits as long as a
   * busy machine may need.
   */
  const sounded = async () => {
    for (const end_ms = Date.now() + PATIENCE_MS; Date.now() < end_ms; ) {
      if (level((await take()).samples) > AUDIBLE) return true;
      await page.waitForTimeout(50);
    }
    return false;
  };

  /** True if there is a sound from now on that does not end by itself; waits as long as a busy machine may need. */
  const heard = async () => {
    await take();
    await page.waitForTimeout(50);
    return sounded();
  };

  /** True if there is a sound that the recorder could miss. */
  const running = () => where().evaluate(() => /** @type {any} */ (globalThis).recording.context?.state === 'running');

  /** True if there is silence for a time from now on. @param {number} [duration_ms] */
  const staysSilent = async (duration_ms = 500) => {
    const { samples } = await during(duration_ms);
    return level(samples) <= SILENT && (samples.length > 0 || !(await running()));
  };

  /** True if it falls silent; waits as long as a busy machine and a long reverb may need. */
  const silent = async () => {
    for (const end_ms = Date.now() + PATIENCE_MS; Date.now() < end_ms; ) {
      if (await staysSilent(SILENCE_MS)) return true;
    }
    return false;
  };

  /** The pitch from now on in octaves above 1 Hz; meaningless for a sound without a pitch. */
  const pitch_octaves = async () => {
    const { samples, rate_hz } = await during(PITCH_MS);
    return Math.log2(fundamental_hz(samples.subarray(-Math.floor(rate_hz / 4)), rate_hz));
  };

  /**
   * The pitch in octaves above 1 Hz once it is steady and comes from the network's patch. The grid's patches, which
   * play until the network is loaded and its first patch comes, may have another pitch.
   */
  const steadyPitch_octaves = async () => {
    await networkDecoded(where());
    let last = await pitch_octaves();
    await eventually(
      async () => {
        const before = last;
        last = await pitch_octaves();
        return Math.abs(last - before);
      },
      octaves => octaves < 0.02,
      'the pitch does not stay',
    );
    return last;
  };

  /** Milliseconds from the last press to the first sample above the level; -1 if no sample is above it. */
  const latency_ms = () =>
    where().evaluate(() => {
      const { recording } = /** @type {any} */ (globalThis);
      const heard = recording.chunks.find(
        (/** @type {any} */ { at_ms, samples }) =>
          at_ms >= recording.pressed_at_ms && samples.some((/** @type {number} */ sample) => Math.abs(sample) > 1e-4),
      );
      return heard ? heard.at_ms - recording.pressed_at_ms : -1;
    });

  /** The browser's output latency. */
  const outputLatency_ms = () =>
    where().evaluate(() => {
      const { context } = /** @type {any} */ (globalThis).recording;
      return 1000 * (context.baseLatency + context.outputLatency);
    });

  return {
    take,
    during,
    heard,
    sounded,
    silent,
    staysSilent,
    pitch_octaves,
    steadyPitch_octaves,
    latency_ms,
    outputLatency_ms,
  };
}
