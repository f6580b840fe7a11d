// Stores the whole site for offline use and answers from that copy, one version at a time: a new version waits until the
// page lets it take over. build/offline.mjs bundles this with Workbox and inserts the list of files.
import { clientsClaim } from 'workbox-core';
import { addPlugins, precacheAndRoute } from 'workbox-precaching';

const scope = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

addPlugins([{
  // Workbox would download again what the visit has just loaded; revalidation is enough.
  async requestWillFetch({ request }) {
    return new Request(request, { cache: 'no-cache' });
  },
}]);

// The build inserts the names of files and the digests of their contents, equally long in each of two lists: whole where the
// content must be exactly this. Written out for Workbox it would add to the first visit. The query of the page's address
// does not matter: it is the same page.
/** @type {[names: string, digests: string][]} */
const lists = /** @type {any} */ (self).__FILES__;
/** @type {number} */
const revision = /** @type {any} */ (self).__REVISION_LENGTH__;
precacheAndRoute(lists.flatMap(([names, digests]) => names.split(' ').map((url, place, { length: count }) => {
  const length = digests.length / count;
  const digest = digests.slice(length * place, length * (place + 1));
  return { url, revision: digest.slice(0, revision), integrity: length > revision ? `sha256-${digest}=` : undefined };
})), { ignoreURLParametersMatching: [/./] });

// Take control at the first visit, so that files loaded on demand later come from the copy, too.
clientsClaim();

scope.addEventListener('message', ({ data }) => {
  if (data?.type === 'take-over') scope.skipWaiting();
});
