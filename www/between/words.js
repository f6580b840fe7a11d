// The texts of what lies between sounds, in the language of the document, and the sentences about its state.
import { keyNamed, plain } from '../match/numbers.js';
import { sayer } from '../panel/words.js';
import { LETTERS } from './letters.js';
import de from './words/de.js';
import en from './words/en.js';

/**
 * @import {
 *   BetweenComparison, BetweenFigures, BetweenGrid, BetweenLandmark, BetweenName, BetweenProblem, BetweenStatus, BetweenWay,
 *   CellMove
 * } from '../panels.js'
 */

export const say = sayer({ en, de });

/** Letters of a name within the name of a landmark, and where there are four. */
const [NAME_LETTERS, SHORT_LETTERS] = [14, 7];

/** The name of a sound. @param {BetweenName} name */
export function nameText({ kind, name }) {
  if (kind === 'nothing') return say('this_sound');
  const own = name || say('unnamed');
  if (kind === 'own') return own;
  return kind === 'at' ? say('at', { name: own }) : say('near', { name: own });
}

/** A name of at most so many letters. @param {BetweenName} name @param {number} letters */
function shortName(name, letters) {
  const text = nameText(name);
  return text.length > letters ? `${text.slice(0, letters - 1).trim()}…` : text;
}

/** The name of a landmark at the current sound. @param {BetweenLandmark} landmark */
export function landmarkText(landmark) {
  switch (landmark.type) {
    case 'end':
      return nameText(landmark.name);
    case 'mixture':
      return landmark.names.map(name => shortName(name, SHORT_LETTERS)).join(' · ');
    case 'around':
      return say('kept_around', { name: nameText(landmark.name) });
    case 'way': {
      const [from, to] = [landmark.from, landmark.to].map(name => shortName(name, NAME_LETTERS));
      return say('kept_name', { from, to, percent: landmark.percent });
    }
  }
}

/**
 * The sentence about a landmark that was made, or for which there was no room.
 * @param {import('../panels.js').KeptLandmark} kept
 */
export const keptText = ({ name }) => (name === null ? say('full') : say('kept', { name }));

/** @param {BetweenProblem} problem */
function problemText(problem) {
  if (problem.type !== 'same') return say(problem.type);
  const sentence = say('same', { other: LETTERS[1 - problem.end] });
  if (!problem.stays) return sentence;
  return say('stays', { sentence, letter: LETTERS[problem.end], name: nameText(problem.stays) });
}

/** The sentence below the slider. @param {BetweenStatus} status */
export function statusText(status) {
  switch (status.type) {
    case 'problem':
      return problemText(status.problem);
    case 'missing':
      return say('missing', { letter: LETTERS[status.end] });
    case 'measuring':
      return say('measuring', { percent: status.percent });
    case 'away':
      return say('away');
    case 'beside':
      return '';
    case 'unmeasured':
      return say('stopped');
    case 'about':
      return say(`about_${status.way}`);
  }
}

const numberText = plain(say('decimal_mark'));

/** The name of a key. @param {number} key */
const keyText = key => keyNamed(say('notes'), key);

/** The note for which the ways are compared, and the one that a person plays. @param {BetweenComparison} comparison */
export function comparedText({ note, played }) {
  if (!note) return '';
  const sentence = say('compared', { key: keyText(note.key), seconds: numberText(note.heldS, 1) });
  return played ? say('played_otherwise', { sentence, key: keyText(played.key) }) : sentence;
}

/** @param {BetweenWay} way @param {BetweenFigures} figures */
export function figuresText(way, { unevenPoints, levelDb }) {
  return say('figures', {
    way: say(way),
    points: numberText(unevenPoints, 1),
    decibels: numberText(levelDb, 1),
  });
}

/** How a parameter changes. @param {CellMove} move @param {string[]} names of the parameters */
function moveText({ parameter, change }, names) {
  const arrow = { more: ' ↑', less: ' ↓', switch: '' }[change];
  return names[parameter] + arrow;
}

/** Where a cell is. @param {BetweenGrid} grid @param {number} place of the cell */
function whereText({ name, cells }, place) {
  const {
    steps: [right, up],
    isBeyond,
  } = cells[place];
  if (right === 0 && up === 0) return say('itself', { name: name ? nameText(name) : '' });
  const parts = [];
  if (right !== 0) parts.push(say(right > 0 ? 'right' : 'left', { count: Math.abs(right) }));
  if (up !== 0) parts.push(say(up > 0 ? 'up' : 'down', { count: Math.abs(up) }));
  const where = parts.join(', ');
  return isBeyond ? say('beyond', { where }) : where;
}

/**
 * The name of a cell: where it is, and its strongest changes.
 * @param {BetweenGrid} grid @param {number} place @param {string[]} names of the parameters
 */
export function cellText(grid, place, names) {
  const where = whereText(grid, place);
  const { moves } = grid.cells[place];
  if (moves.length === 0) return where;
  return say('moves', { where, names: moves.map(move => moveText(move, names)).join(', ') });
}

/** The caption of a grid. @param {BetweenGrid} grid @param {string[]} names of the parameters */
export function captionText(grid, names) {
  const { caption } = grid;
  switch (caption.type) {
    case 'nothing':
      return '';
    case 'computing':
      return say('computing');
    case 'press':
      return say('press_a_cell');
    case 'lost':
      return say('lost');
    case 'cell':
      return cellText(grid, caption.cell, names);
  }
}
