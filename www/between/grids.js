// The grids of the sounds around A and around B: a picture for each sound, and a caption. Draws and dispatches;
// decides nothing.
import { spectrogramImage } from '../match/spectrogram-image.js';
import { tell } from '../panel/status.js';
import { captionText, cellText } from './words.js';

/** @import { Elements, Dispatch } from './between.js' */
/** @import { GridElements } from './markup.js' */
/** @import { BetweenGrid, BetweenModel } from '../panels.js' */

/** Cells of a row. */
const SIDE = 5;
/** How an arrow key moves the focus: to the right, and down. @type {Record<string, [number, number] | undefined>} */
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @param {Elements} elements @param {Dispatch} dispatch */
export function listenToGrids({ grids, which, find }, dispatch) {
  for (const [place, button] of which.entries()) {
    button.addEventListener('click', () => dispatch({ type: 'showGrid', place }));
  }
  /** @type {HTMLInputElement} */
  const spacing = find('spacing');
  spacing.addEventListener('input', () => dispatch({ type: 'setSpacing', spacing: Number(spacing.value) }));
  spacing.addEventListener('change', () => dispatch({ type: 'drawSpacing' }));
  // The style sheet says where there is room for one grid.
  const narrow = () => dispatch({ type: 'setNarrow', isNarrow: getComputedStyle(find('which')).display !== 'none' });
  addEventListener('resize', narrow);
  narrow();
  for (const [place, { grid, cells, caption }] of grids.entries()) {
    grid.addEventListener('keydown', event => moveFocus(event, cells));
    for (const [cell, button] of cells.entries()) {
      button.addEventListener('click', () => dispatch({ type: 'goToCell', place, cell }));
      button.addEventListener('focus', () => dispatch({ type: 'sayCell', place, cell }));
      button.addEventListener('pointermove', ({ movementX, movementY }) => {
        // A cell that scrolls below a mouse says nothing.
        const isMoved = movementX !== 0 || movementY !== 0;
        if (isMoved && caption.dataset.cell !== String(cell)) dispatch({ type: 'sayCell', place, cell });
      });
    }
  }
}

/**
 * A grid is one stop of the Tab key; arrow keys move inside it.
 * @param {KeyboardEvent} event @param {HTMLButtonElement[]} cells
 */
function moveFocus(event, cells) {
  const cell = cells.indexOf(/** @type {HTMLButtonElement} */ (event.target));
  const step = KEYS[event.key];
  if (!step || cell < 0) return;
  event.preventDefault();
  event.stopPropagation();
  const [column, row] = [(cell % SIDE) + step[0], Math.floor(cell / SIDE) + step[1]];
  if ([column, row].some(place => place < 0 || place >= SIDE)) return;
  cells[cell].tabIndex = -1;
  const next = cells[SIDE * row + column];
  next.tabIndex = 0;
  next.focus();
}

/** @param {Elements} elements @param {BetweenModel} model @param {string[]} names of the parameters */
export function showGrids({ grids, which, find }, model, names) {
  find('around-part').dataset.shown = which[model.shownGrid]?.dataset.which;
  for (const [place, button] of which.entries()) button.setAttribute('aria-pressed', String(place === model.shownGrid));
  /** @type {HTMLInputElement} */
  const spacing = find('spacing');
  const [least, most] = [spacing.min, spacing.max].map(Number);
  spacing.style.setProperty('--level', `${(100 * (model.spacing - least)) / (most - least)}%`);
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  find('spacing-output').textContent = model.spacing.toLocaleString(document.documentElement.lang, digits);
  for (const [place, elements] of grids.entries()) showGrid(elements, model.grids[place], names);
}

/** @param {GridElements} elements @param {BetweenGrid} model @param {string[]} names */
function showGrid({ grid, cells, caption }, model, names) {
  grid.setAttribute('aria-busy', String(model.isBusy));
  for (const [place, button] of cells.entries()) {
    const { isReady, isBeyond, isCurrent } = model.cells[place];
    if (!isReady && button.getAttribute('aria-disabled') === 'false') clear(canvasOf(button));
    button.setAttribute('aria-disabled', String(!isReady));
    const text = cellText(model, place, names);
    // A name that is written again could be spoken again.
    if (button.getAttribute('aria-label') !== text) button.setAttribute('aria-label', text);
    button.setAttribute('aria-current', String(isCurrent));
    button.classList.toggle('beyond', isBeyond);
  }
  caption.dataset.cell = model.caption.type === 'cell' ? String(model.caption.cell) : '';
  caption.setAttribute('aria-live', model.isSpoken ? 'polite' : 'off');
  tell(caption, captionText(model, names), model.caption.type === 'lost');
}

const canvasOf = (/** @type {Element} */ cell) => /** @type {HTMLCanvasElement} */ (cell.querySelector('canvas'));

/** @param {HTMLCanvasElement} canvas */
function clear(canvas) {
  canvas.getContext('2d')?.clearRect(0, 0, canvas.width, canvas.height);
}

/**
 * Draws the spectrogram of a cell.
 * @param {Element} cell @param {Float32Array} numbers see the protocol's PatchSpectrogram @param {Uint8Array} colors
 */
export function drawCell(cell, numbers, colors) {
  const { image } = spectrogramImage(numbers, colors);
  const canvas = canvasOf(cell);
  [canvas.width, canvas.height] = [image.width, image.height];
  canvas.getContext('2d')?.putImageData(image, 0, 0);
}
