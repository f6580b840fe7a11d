// Workers that start when they are first needed, each once, and again when they are lost.
// Knows nothing of what they do.

/**
 * A result that all workers need: loaded once, however many ask at the same moment, and again after a failure.
 * @template Needed @param {() => Promise<Needed>} load
 */
export function shared(load) {
  /** @type {Promise<Needed> | undefined} */
  let needed;
  return () =>
    (needed ??= load().catch(reason => {
      needed = undefined;
      throw reason;
    }));
}

/** @template {{ isLost: boolean, end: () => void }} Own a worker */
export class WorkerPool {
  #start;
  /** @type {{ started: Promise<Own>, isGone: () => boolean }[]} */
  #workers = [];

  /** @param {(place: number) => Promise<Own>} start */
  constructor(start) {
    this.#start = start;
  }

  /** The worker of a place, the same for all who ask while it runs. Rejects as its start does. @param {number} place */
  at(place) {
    const known = this.#workers[place];
    if (known && !known.isGone()) return known.started;
    const started = this.#start(place);
    /** @type {{ started: Promise<Own>, isGone: () => boolean }} */
    const own = { started, isGone: () => false };
    this.#workers[place] = own;
    started.then(
      worker => {
        own.isGone = () => worker.isLost;
      },
      () => {
        own.isGone = () => true;
      },
    );
    return started;
  }

  /** The workers of the first places. @param {number} count */
  all(count) {
    return Promise.all(Array.from({ length: count }, (_, place) => this.at(place)));
  }

  /** Ends them from a place on, also those that have not started yet. @param {number} [first] */
  end(first = 0) {
    this.#workers.splice(first).forEach(({ started }) =>
      started.then(
        worker => worker.end(),
        () => {},
      ),
    );
  }
}
