// The texts of Breed in the language of the document, and the sentences about children.
import { sayer } from '../panel/words.js';
import de from './words/de.js';
import en from './words/en.js';

/** @import { BetweenName, BreedChildModel, BreedModel, SectionChange } from '../panels.js' */

export const say = sayer({ en, de });

const SECTIONS = /** @type {const} */ (['oscillators', 'filter', 'envelopes', 'effects']);
/** Letters of a name within the name of a pin: the longest one has 40. */
const NAME_LETTERS = 28;

/** The name of the sound in the middle. @param {BetweenName} name */
export function nameText({ kind, name }) {
  if (kind === 'nothing') return say('this_sound');
  const own = name || say('unnamed');
  return kind === 'near' ? say('near', { name: own }) : own;
}

/** The name of a pinned child. @param {BetweenName} name @param {number} number */
export function keptName({ kind, name }, number) {
  const own = kind === 'nothing' ? say('this_sound') : name || say('unnamed');
  const short = own.length > NAME_LETTERS ? `${own.slice(0, NAME_LETTERS - 1).trim()}…` : own;
  return say('child_of', { name: short, number });
}

/** @param {SectionChange} change @param {typeof SECTIONS[number]} section */
function changeText(change, section) {
  if (change.type === 'swapped') return say('from', { section: say(`part_${section}`), name: change.name });
  const { percent } = /** @type {Extract<SectionChange, { type: 'mutated' }>} */ (change);
  return say('mutated', { section: say(`part_${section}`), percent });
}

/** The origin of each section, spelled out. @param {BreedChildModel} child */
function longText({ sections }) {
  const texts = SECTIONS.map((section, at) => [sections[at], section]);
  const changed = /** @type {[SectionChange, typeof SECTIONS[number]][]} */ (texts).filter(
    ([change]) => change.type !== 'same',
  );
  return changed.map(([change, section]) => changeText(change, section)).join(', ');
}

/** The same in two words. @param {BreedChildModel} child */
function shortText({ sections }) {
  const places = SECTIONS.filter((_, at) => sections[at].type !== 'same');
  if (places.length === 0) return say('no_parts');
  if (places.length > 1) return say(`parts_${/** @type {2 | 3 | 4} */ (places.length)}`);
  const [section] = places;
  return say(sections[SECTIONS.indexOf(section)].type === 'swapped' ? `taken_${section}` : `new_${section}`);
}

/** The texts of a child. @param {BreedChildModel} child */
export function childTexts(child) {
  const words = child.words?.map(({ property, isMore }) => say(isMore ? `${property}_more` : `${property}_less`));
  return { words: words ? words.join(', ') || say('other') : '…', short: shortText(child), long: longText(child) };
}

/** True if the line below the grid says that there is no room for a child. @param {BreedModel} model */
export const isRefused = ({ kept, chosen }) => kept !== null && kept.child === chosen && !kept.name;

/** The line below the grid. @param {BreedModel} model */
export function lineText({ status, children, chosen, kept }) {
  if (status === 'unknown') return say('unknown');
  if (kept && kept.child === chosen) return kept.name ? say('kept', { name: kept.name }) : say('full');
  if (status === 'locked') return say('locked_line');
  if (chosen !== null && children[chosen]) return `${chosen + 1} ${longText(children[chosen]) || say('no_parts')}`;
  return status === 'lost' ? say('unmeasured') : say('about');
}
