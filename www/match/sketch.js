// Draws the sketch of “From a sound…”: pitch and loudness of a voice and of its sketch, or the hits of a rhythm.
// Decides nothing.
import { hitCounts } from './answers.js';
import { drawContours, keyRange } from './contours.js';
import { drawHits } from './hits.js';
import { keyName, numberText, say } from './words.js';

/** @import { MatchModel, SketchedVoice } from '../panels.js' */
/** @typedef {<T extends Element = HTMLElement>(id: string) => T} Find */
/** @typedef {(sound: number) => Float32Array | undefined} ContoursOf level and pitch of a sound of the page */

/**
 * Shows the sketch of the kind that is searched for.
 * @param {Find} find @param {MatchModel} model @param {ContoursOf} contoursOf
 */
export function showSketch(find, model, contoursOf) {
  if (model.kind === 'voice') showVoice(find, model, contoursOf);
  if (model.kind === 'rhythm') showHits(find, model);
}

/** How many notes there are, and from where to where. @param {SketchedVoice} sketch */
const melodyText = ({ notes, low, high }) =>
  say(notes === 1 ? 'one_note' : 'notes_of', { count: notes, low: keyName(low), high: keyName(high) });

/** @param {string} name @param {{ low: number, high: number }} range */
const rangeText = (name, { low, high }) =>
  say('contour', { name, low: keyName(Math.round(low)), high: keyName(Math.round(high)) });

/** @param {Find} find @param {MatchModel} model @param {ContoursOf} contoursOf */
function showVoice(find, { target, sketch: { voice: sketch } }, contoursOf) {
  find('melody').setAttribute('aria-disabled', String(!sketch));
  find('notes').textContent = sketch ? `${melodyText(sketch)} ${say('sketch_keeps')}` : '';
  const svg = /** @type {SVGElement} */ (find('contours'));
  const voice = target?.hasContours ? contoursOf(target.sound) : undefined;
  const range = voice && keyRange(voice);
  svg.toggleAttribute('hidden', !range);
  if (!voice || !range) return;
  const own = sketch ? contoursOf(sketch.sound) : undefined;
  const words = { voice: say('voice'), sketch: say('sketch'), pitch: say('pitch_contour'), loudness: say('loudness') };
  drawContours(svg, voice, own, words);
  const ownRange = own && keyRange(own);
  const texts = [say('contours'), rangeText(say('voice'), range)];
  if (ownRange) texts.push(rangeText(say('sketch'), ownRange));
  if (ownRange && sketch) texts.push(say('sketch_done', { percent: numberText(100 * sketch.inTune) }));
  svg.setAttribute('aria-label', texts.join(' '));
}

/** @param {Find} find @param {MatchModel} model */
function showHits(find, model) {
  const {
    target,
    search: { chosen },
    sketch: { hits },
  } = model;
  const svg = /** @type {SVGElement} */ (find('contours'));
  svg.toggleAttribute('hidden', hits.length === 0);
  if (hits.length === 0 || !target) return;
  drawHits(svg, hits, target.length_s, chosen);
  const counts = hitCounts(model).map((count, kind) => say('hits_of', { number: kind + 1, count }));
  svg.setAttribute('aria-label', say('hits_over_time', { counts: counts.join(', ') }));
  const key = hits.find(({ kind }) => kind === chosen)?.key ?? 0;
  const plays = say('hit_plays', { number: chosen + 1, key: keyName(key) });
  find('notes').textContent = `${plays} ${say('rhythm_keeps', { number: chosen + 1 })}`;
  find('melody').setAttribute('aria-disabled', 'false');
}
