// The names that the page shows beside the sliders of an instrument's other axes. Reads models/timbre/*.axes.json and
// chooses the timbral scales that change most, and in the same way nearly everywhere.
import { readFileSync } from 'node:fs';

/** The domains in the order of the page's chooser, whose first instrument is amSynth. */
const DOMAINS = ['strings', 'voices', 'winds', 'brass', 'amsynth'];
/** The smallest change from one end to the other that is named, in points out of 100: the figures are rounded means. */
const LEAST_POINTS = 2;
/** At how many of the nine measured points a change must have the sign of its mean. */
const LEAST_PLACES = 8;
/** More words do not fit beside a slider. */
const NAMED = 2;

/**
 * @typedef {{
 *   model: string, scales: string[], axes: { axis: number, change: number[], agreeing: number[] }[],
 * }} AxisScales
 */

/**
 * For each domain and each of its axes from the third on: up to two scales, the greatest change first, and whether they
 * rise. An empty list: what the axis changes depends on the point.
 */
export const namedScales = () =>
  DOMAINS.map(domain => {
    /** @type {AxisScales} */
    const { scales, axes } = JSON.parse(
      readFileSync(new URL(`../models/timbre/${domain}.axes.json`, import.meta.url), 'utf8'),
    );
    return axes.map(({ change, agreeing }) =>
      change
        .map((points, at) => ({ scale: scales[at], points, places: agreeing[at] }))
        .filter(({ points, places }) => Math.abs(points) >= LEAST_POINTS && places >= LEAST_PLACES)
        .sort((a, b) => Math.abs(b.points) - Math.abs(a.points))
        .slice(0, NAMED)
        .map(({ scale, points }) => [scale, points > 0]),
    );
  });
