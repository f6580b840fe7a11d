// Stores the whole site for offline use and answers from that copy, one version at a time: a new version waits until
// the page lets it take over. build/offline.mjs bundles this with Workbox and inserts the list of files.
import { clientsClaim } from 'workbox-core';
import { addPlugins, precacheAndRoute } from 'workbox-precaching';

const scope = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

// The build inserts the names of files and the beginnings of the SHA-256 of their contents in base64, equally long
// each. Written out for Workbox the list would add to the first visit, and so would the whole digests that a browser
// checks by itself.
/** @type {[names: string, digests: string]} */
const [names, digests] = /** @type {any} */ (self).__FILES__;
const files = names.split(' ').map((url, place, { length: count }) => {
  const length = digests.length / count;
  return { url, revision: digests.slice(length * place, length * (place + 1)) };
});

/** Some hosts modify HTML, and some compress pictures anew. */
const MODIFIED = /\.(html|png|webp)$/;
/**
 * The revisions of the files whose content must be exactly this,
 * since files of two versions must never be stored together.
 */
const revisions = new Map(
  files
    .filter(({ url }) => !MODIFIED.test(url))
    .map(({ url, revision }) => [new URL(url, location.href).href, revision]),
);

addPlugins([
  {
    // Workbox would download again what the visit has just loaded; revalidation is enough.
    async requestWillFetch({ request }) {
      return new Request(request, { cache: 'no-cache' });
    },
    async fetchDidSucceed({ request, response }) {
      const revision = revisions.get(request.url);
      if (revision !== undefined) {
        const digest = await crypto.subtle.digest('SHA-256', await response.clone().arrayBuffer());
        if (!btoa(String.fromCharCode(...new Uint8Array(digest))).startsWith(revision))
          throw new Error(`${request.url} is of another version`);
      }
      return response;
    },
  },
]);

// The query of the page's address does not matter: it is the same page.
precacheAndRoute(files, { ignoreURLParametersMatching: [/./] });

// Take control at the first visit, so that files loaded on demand later come from the copy, too.
clientsClaim();

scope.addEventListener('message', ({ data }) => {
  if (data?.type === 'take-over') scope.skipWaiting();
});
