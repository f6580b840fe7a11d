// Serves the built site together with the page of the jobs, hands out the jobs and collects the results.
import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const SITE = fileURLToPath(new URL('../../dist', import.meta.url));
const PAGE = '<!doctype html><meta charset="utf-8"><title>jobs</title><script type="module" src="page.js"></script>';
/** @type {Record<string, string>} */
const TYPES = { '.js': 'text/javascript', '.wasm': 'application/wasm' };

/**
 * @param {import('./page.js').Job[]} jobs
 * @param {string} [renders] the folder in which WAV files are found, as renders/NAME.wav
 */
export async function serveJobs(jobs, renders = '') {
  /** @type {(results: import('./page.js').Result[]) => void} */
  let deliver;
  /** @type {Promise<import('./page.js').Result[]>} */
  const results = new Promise(resolve => {
    deliver = resolve;
  });
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (path === '/results') {
      let text = '';
      for await (const chunk of request) text += chunk;
      response.end();
      deliver(JSON.parse(text));
    } else if (path === '/jobs') {
      response.end(JSON.stringify(jobs));
    } else if (path === '/') {
      response.setHeader('Content-Type', 'text/html').end(PAGE);
    } else {
      const file = await find(path, renders);
      response.writeHead(file ? 200 : 404, { 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream' });
      if (file) createReadStream(file).pipe(response);
      else response.end();
    }
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('the server has no port');
  return {
    address: `http://127.0.0.1:${address.port}/`,
    results,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/**
 * @param {string} path
 * @param {string} renders
 */
async function find(path, renders) {
  const places = path.startsWith('/renders/')
    ? [join(renders, path.slice('/renders/'.length))]
    : [join(HERE, path), join(SITE, path)];
  for (const place of places) {
    if (
      await access(place).then(
        () => true,
        () => false,
      )
    )
      return place;
  }
}
