// The numbers of the strands on the map: a button over the pad where each strand's best patch lies. Pressed, it does
// what the answer's button in the panel does.
import { STRANDS } from './strand-count.js';
import { say } from './words.js';

/**
 * Marks nearer than this hide each other's numbers, in CSS pixels: the diameter of one. Four that lie at one point have
 * room around it.
 */
const APART_PX = 22;
/** How far off a number may stand, in that unit: beside the tools, which are 54 px wide with what is around them. */
const FAR_STEPS = [1, 2, 3, 4];

export class Marks {
  /** @type {HTMLButtonElement[]} */
  #buttons;
  /** The marks as they were shown last, as text. */
  #shown = '';
  /** Where each mark is, x and y; null: nowhere. @type {(number[] | null)[]} */
  #marks = [];
  #chosen = 0;

  /** @param {(strand: number) => void} press */
  constructor(press) {
    this.#buttons = Array.from({ length: STRANDS }, (_, strand) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = `match-mark mark-${strand}`;
      button.hidden = true;
      const number = document.createElement('b');
      number.textContent = String(strand + 1);
      button.append(number);
      button.addEventListener('click', () => press(strand));
      return button;
    });
    // After the map's own sliders and before its tools, in the order of the Tab key, too.
    document.getElementById('upward')?.after(...this.#buttons);
    // A hint that comes or goes has another size, and so have the tools with one more.
    const sizes = new ResizeObserver(() => this.#place());
    this.#pad.querySelectorAll('.tools, .note').forEach(part => sizes.observe(part));
  }

  get #pad() {
    return this.#buttons[0].parentElement ?? document.documentElement;
  }

  /**
   * @param {import('../panels.js').ShownMarks} marks @param {number} chosen
   * @param {'hear_number' | 'hear_kind'} label what a screen reader says
   */
  show({ places, ring }, chosen, label) {
    // To measure the tools, the browser computes the layout, and a search reports several times a second.
    const shown = JSON.stringify([places, ring, chosen, label]);
    if (shown === this.#shown) return;
    [this.#shown, this.#marks, this.#chosen] = [shown, places, chosen];
    this.#buttons.forEach((button, strand) => {
      button.hidden = places[strand] === null;
      button.setAttribute('aria-pressed', String(strand === chosen));
      button.setAttribute('aria-label', say(label, { number: strand + 1 }));
    });
    this.#place();
    // A low map moves its hints away from the ring of the current point, in this frame.
    requestAnimationFrame(() => this.#place());
  }

  /** Puts each number where nothing hides it. */
  #place() {
    /** @type {{ x: number, y: number }[]} */
    const placed = [];
    const pad = this.#pad;
    const size = { width: pad.clientWidth, height: pad.clientHeight };
    const from = pad.getBoundingClientRect();
    const tools = [...pad.querySelectorAll('.tools button, .note')].map(tool => toolBox(tool, from));
    // The chosen one first: it stands where its patch lies, unless a tool or a note does.
    const order = [this.#chosen, ...this.#marks.keys()].filter((strand, place, all) => all.indexOf(strand) === place);
    for (const strand of order) {
      const mark = this.#marks[strand];
      if (!mark) continue;
      const place = freePlace({ x: mark[0], y: mark[1] }, placed, tools, size);
      placed.push(place);
      const { style } = this.#buttons[strand];
      style.left = `${place.x}px`;
      style.top = `${place.y}px`;
    }
  }
}

/**
 * Where a tool or a note over the map would hide the middle of a mark's number or a part of it.
 * @param {Element} tool @param {DOMRect} from where the pad is
 */
function toolBox(tool, from) {
  const { left, top, width, height } = tool.getBoundingClientRect();
  const edge = APART_PX / 2;
  const [x, y] = [left - from.left, top - from.top];
  return { left: x - edge, right: x + width + edge, top: y - edge, bottom: y + height + edge };
}

/**
 * The nearest place to a mark that no tool and no other mark takes, inside the pad: beside it, above, below, then
 * farther off.
 * @param {{ x: number, y: number }} mark @param {{ x: number, y: number }[]} placed
 * @param {ReturnType<typeof toolBox>[]} tools
 * @param {{ width: number, height: number }} size of the pad
 */
function freePlace(mark, placed, tools, size) {
  const edge = APART_PX / 2;
  const clamp = (/** @type {number} */ value, /** @type {number} */ size) =>
    Math.min(Math.max(value, edge), Math.max(size - edge, edge));
  const inside = (/** @type {{ x: number, y: number }} */ { x, y }) => ({
    x: clamp(x, size.width),
    y: clamp(y, size.height),
  });
  const isFree = (/** @type {{ x: number, y: number }} */ { x, y }) =>
    placed.every(other => Math.hypot(other.x - x, other.y - y) >= APART_PX - 1)
    && !tools.some(({ left, right, top, bottom }) => x > left && x < right && y > top && y < bottom);
  const around = [
    [1, 0],
    [-1, 0],
    [0, -1],
    [0, 1],
    [1, -1],
    [-1, -1],
    [1, 1],
    [-1, 1],
  ];
  const steps = [[0, 0], ...FAR_STEPS.flatMap(step => around.map(([across, down]) => [step * across, step * down]))];
  const places = steps.map(([across, down]) => inside({ x: mark.x + across * APART_PX, y: mark.y + down * APART_PX }));
  return places.find(isFree) ?? places[0];
}
