// Hosts the built site for tests: below any path, with given headers, with a script before the page's own, with files
// changed, truncated or never finished. Must never write to the folder of the site.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { SITE_FOLDER } from '../browser/site.mjs';

/** @type {Record<string, string>} */
const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
};

/**
 * @typedef {object} Hosting
 * @property {string} [folder] default: the built site
 * @property {string} [base] the path of the site, such as `/courses/sound/`
 * @property {Record<string, string>} [headers] of every answer
 * @property {Record<string, string>} [pages] more files of this host, by path
 * @property {(path: string, body: Buffer) => Buffer | undefined} [change] returns the bytes to send in place of a
 * file's own
 * @property {(path: string, response: import('node:http').ServerResponse, body: Buffer) => boolean} [answer]
 * answers a request itself, and returns whether it did
 */

/** @param {Hosting} [hosting] */
export async function hostSite({ folder = SITE_FOLDER, base = '/', headers = {}, pages = {}, change, answer } = {}) {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
    const name = path.startsWith(base) ? path.slice(base.length) || 'index.html' : '';
    const page = pages[path];
    const found = page === undefined && name && (await readFile(join(folder, name)).catch(() => undefined));
    if (page === undefined && !found) {
      response.writeHead(404).end();
      return;
    }
    const body = found ? (change?.(name, found) ?? found) : Buffer.from(page);
    response.writeHead(200, {
      'Content-Type': TYPES[extname(found ? name : path) || '.html'] ?? 'application/octet-stream',
      'Content-Length': body.length,
      'Cache-Control': 'no-cache',
      'Access-Control-Allow-Origin': '*',
      ...headers,
    });
    if (!answer?.(name, response, body)) response.end(body);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  // A test that fails before it closes the server must not keep the process alive.
  server.unref();
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('the server has no port');
  return {
    address: `http://127.0.0.1:${address.port}${base}`,
    /** Resolves when the address no longer answers. @returns {Promise<void>} */
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
