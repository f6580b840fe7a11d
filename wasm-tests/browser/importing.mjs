// Files of the site that a test drops on the page: its own model rotated by 180 degrees, with few known presets.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodePresets, encodePresets } from '../../build/presets.mjs';
import { turned } from '../onnx.mjs';
import { drop } from './sharing.mjs';
import { SITE_FOLDER } from './site.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** More presets than the page places at once. */
export const FEW = 80;

/** Reduces the site's presets, so that analyzing all of them takes less time. @param {Page} page */
export async function knowFew(page) {
  const known = JSON.parse(readFileSync(new URL('../../models/coordinates.json', import.meta.url), 'utf8'));
  const rows = known.name.length;
  const few = Object.fromEntries(
    Object.entries(known).map(([key, value]) => [
      key,
      Array.isArray(value) && value.length === rows ? value.slice(0, FEW) : value,
    ]),
  );
  const patches = decodePresets(readFileSync(join(SITE_FOLDER, 'presets.bin'))).slice(0, FEW);
  await page.route('**/coordinates.json', route => route.fulfill({ json: few }));
  await page.route('**/presets.bin', route => route.fulfill({ body: Buffer.from(encodePresets(patches)) }));
}

/**
 * Drops our model with its plane rotated by 180 degrees on the page.
 * @param {Page} page @param {{ name: string, bytes: Buffer }[]} others files that are dropped with it
 */
export async function importModel(page, ...others) {
  const [encoder, decoder] = ['encoder.onnx', 'decoder.onnx'].map(name => readFileSync(join(SITE_FOLDER, name)));
  await drop(
    page,
    { name: 'my encoder.onnx', bytes: encoder },
    { name: 'my decoder.onnx', bytes: turned(decoder) },
    ...others,
  );
}
