// Calls a function in every frame while something moves. Knows nothing of what.

export class Frames {
  #draw;
  #runs = false;

  /** @param {() => void} draw */
  constructor(draw) {
    this.#draw = draw;
  }

  /** Whether it runs. */
  get run() {
    return this.#runs;
  }

  set run(is) {
    const begins = is && !this.#runs;
    this.#runs = is;
    if (begins) this.#frame();
  }

  #frame() {
    requestAnimationFrame(() => {
      if (!this.#runs) return;
      this.#draw();
      this.#frame();
    });
  }
}
