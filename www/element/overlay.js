// The drawings of <latent-pad> over its map for lessons: a ruler along two edges (attribute `ruler`) and the page's own
// marks (property `marks`). The number fields of the ruler show the current point and move it. Must never take a touch
// from the map.

/**
 * @typedef {{ left: number, top: number, width: number, height: number, window: number[] }} View in CSS pixels: the
 * whole plane, and the left, top, width and height of its visible part
 */
/** @typedef {{ x: number, y: number, label: string, joined?: boolean }} Mark */

const SVG = 'http://www.w3.org/2000/svg';
/** The plane reaches from −LIMIT to LIMIT on both axes. */
const LIMIT = 4;
/** Distances of ticks in latent units; the first with enough space is used. */
const STEPS = [0.1, 0.25, 0.5, 1, 2];
/** The step of an arrow key in a field. */
const KEY_STEP = 0.05;
/** The least space of a tick with its number. */
const TICK_PX = 44;
/** Nearer to the corner the numbers of both edges would touch. */
const CORNER_PX = 34;
const MARK_RADIUS_PX = 14;

/** @param {string} name @param {Record<string, string | number>} attributes @param {string} [text] */
function shape(name, attributes, text = '') {
  const element = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, String(value));
  element.textContent = text;
  return element;
}

/** The number that a person has typed, with any minus and decimal mark. @param {string} text */
const numberIn = text => (text.trim() ? Number(text.replace('−', '-').replace(',', '.')) : Number.NaN);

export class Overlay {
  #ruler;
  #carets;
  #marked;
  #fields;
  #root;
  /** The field that the visitor is typing in. @type {HTMLInputElement | undefined} */
  #typed;
  /** @type {View | undefined} */
  #view;
  #point = { x: 0, y: 0 };
  /** @type {Mark[]} */
  #marks = [];
  #decimalMark;

  /** @param {ShadowRoot} root @param {(point: { x?: number, y?: number }) => void} move @param {string} decimalMark */
  constructor(root, move, decimalMark) {
    this.#root = root;
    this.#decimalMark = decimalMark;
    const svg = root.querySelector('.overlay');
    const layer = (/** @type {string} */ name) => svg.appendChild(shape('g', { class: name }));
    this.#ruler = layer('ruler');
    this.#carets = layer('ruler');
    this.#marked = layer('marks');
    this.#fields = /** @type {HTMLInputElement[]} */ (['at-x', 'at-y'].map(id => root.getElementById(id)));
    this.#fields.forEach((field, axis) => {
      field.addEventListener('input', () => {
        this.#typed = field;
      });
      const restore = () => {
        this.#typed = undefined;
        this.#writeFields();
      };
      // Text that is typed and taken back changes nothing. Escape, which leaves the field, takes it back.
      field.addEventListener('blur', restore);
      const moveTo = (/** @type {number} */ value) => {
        this.#typed = undefined;
        const at = Math.min(LIMIT, Math.max(-LIMIT, value));
        const moved = axis ? { y: at } : { x: at };
        if (Number.isFinite(value)) {
          // The next key may come before the program has told where the point is.
          this.#point = { ...this.#point, ...moved };
          move(moved);
        }
        this.#writeFields();
      };
      field.addEventListener('keydown', event => {
        if (event.key === 'Escape') restore();
        const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
        if (!way) return;
        event.preventDefault();
        moveTo(numberIn(field.value) + way * KEY_STEP);
      });
      // A browser's own field for numbers writes them in the browser's language, not in that of the element.
      field.addEventListener('change', () => moveTo(numberIn(field.value)));
    });
  }

  /** The map shows another part of the plane, or has another size. @param {View} view */
  setView(view) {
    this.#view = view;
    this.#drawRuler();
    this.#drawCarets();
    this.#drawMarks();
  }

  /** @param {{ x: number, y: number }} point */
  setPoint({ x, y }) {
    this.#point = { x, y };
    this.followRuler();
  }

  /** Shows the current point on the ruler, if there is one: in a frame, drawing it costs more than the rest. */
  followRuler() {
    if (!this.#root.host.hasAttribute('ruler')) return;
    this.#drawCarets();
    this.#writeFields();
  }

  /** @param {Mark[]} marks */
  setMarks(marks) {
    this.#marks = marks;
    this.#drawMarks();
  }

  #writeFields() {
    const texts = [this.#point.x, this.#point.y].map(value => this.#written(value.toFixed(2)));
    this.#fields.forEach((field, axis) => {
      if (field !== this.#typed && field.value !== texts[axis]) field.value = texts[axis];
    });
  }

  /** The pixels of a point. @param {{ x: number, y: number }} point */
  #pixels({ x, y }) {
    const { left, top, width, height } = this.#view;
    return [left + ((x + LIMIT) / (2 * LIMIT)) * width, top + ((LIMIT - y) / (2 * LIMIT)) * height];
  }

  /** @param {number} value */
  #text(value) {
    return this.#written(String(Number(value.toFixed(2))));
  }

  /** A number with the language's decimal mark and a real minus, which zero has not. @param {string} number */
  #written(number) {
    return number
      .replace(/^-(?=[0.]*$)/, '')
      .replace('-', '−')
      .replace('.', this.#decimalMark);
  }

  #drawRuler() {
    const {
      width,
      height,
      window: [left, top, across, down],
    } = this.#view;
    const right = left + across;
    const bottom = top + down;
    /** @param {number} side */
    const step = side => STEPS.find(step => (step * side) / (2 * LIMIT) >= TICK_PX) ?? STEPS[STEPS.length - 1];
    const shapes = [];
    for (let value = -LIMIT; value <= LIMIT; value += step(width)) {
      const [x] = this.#pixels({ x: value, y: 0 });
      if (x < left + CORNER_PX || x > right - TICK_PX / 2) continue;
      shapes.push(
        shape('path', { d: `M${x} ${bottom}v-7` }),
        shape('text', { x, y: bottom - 11, 'text-anchor': 'middle' }, this.#text(value)),
      );
    }
    for (let value = -LIMIT; value <= LIMIT; value += step(height)) {
      const [, y] = this.#pixels({ x: 0, y: value });
      if (y > bottom - CORNER_PX || y < top + TICK_PX / 2) continue;
      shapes.push(
        shape('path', { d: `M${left} ${y}h7` }),
        shape('text', { x: left + 11, y: y + 4.5 }, this.#text(value)),
      );
    }
    shapes.push(
      shape('text', { class: 'axis', x: right - 14, y: bottom - 26 }, 'x'),
      shape('text', { class: 'axis', x: left + 30, y: top + 18 }, 'y'),
    );
    this.#ruler.replaceChildren(...shapes);
  }

  #drawCarets() {
    if (!this.#view) return;
    const {
      window: [left, top, across, down],
    } = this.#view;
    const bottom = top + down;
    const [x, y] = this.#pixels(this.#point);
    /** @type {string[]} */
    const paths = [];
    if (x >= left && x <= left + across) paths.push(`M${x} ${bottom - 9}l6 9h-12z`);
    if (y >= top && y <= bottom) paths.push(`M${left + 9} ${y}l-9 6v-12z`);
    this.#carets.replaceChildren(shape('path', { class: 'caret', d: paths.join('') }));
  }

  #drawMarks() {
    if (!this.#view) return;
    const shapes = this.#marks.flatMap((mark, number) => {
      const [x, y] = this.#pixels(mark);
      const parts = [
        shape('circle', { cx: x, cy: y, r: MARK_RADIUS_PX }),
        shape('text', { x, y: y + 5, 'text-anchor': 'middle' }, mark.label),
      ];
      if (!mark.joined || number === 0) return parts;
      const [fromX, fromY] = this.#pixels(this.#marks[number - 1]);
      const d = `M${fromX} ${fromY}L${x} ${y}`;
      return [shape('path', { class: 'under', d }), shape('path', { d }), ...parts];
    });
    // Lines lie below all circles.
    shapes.sort((one, other) => Number(other.tagName === 'path') - Number(one.tagName === 'path'));
    this.#marked.replaceChildren(...shapes);
  }
}
