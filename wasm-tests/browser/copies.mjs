// Copies of the built site that a test may break or change.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveSite, SITE_FOLDER } from './site.mjs';

/** @param {string} path below the copy's root, where the site is put @returns the folders of root and site */
export function copySite(path = '') {
  const root = mkdtempSync(join(tmpdir(), 'site-'));
  const folder = join(root, path);
  cpSync(SITE_FOLDER, folder, { recursive: true });
  return { root, folder, remove: () => rmSync(root, { recursive: true }) };
}

/** Runs one of the build scripts on a copy. @param {'offline' | 'single'} name @param {string} folder */
export const rebuild = (name, folder) =>
  execFileSync('node', [fileURLToPath(new URL(`../../build/${name}.mjs`, import.meta.url)), folder]);

/** @param {(address: string, folder: string) => Promise<void>} visit a site of its own */
export async function withCopy(visit) {
  const { folder, remove } = copySite();
  const site = await serveSite(folder);
  try {
    await visit(site.address, folder);
  } finally {
    site.close();
    remove();
  }
}
