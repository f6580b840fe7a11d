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

// The build inserts the list of files, each with a revision that changes with its content. The query of the page's
// address does not matter: it is the same page.
precacheAndRoute(/** @type {any} */ (self).__FILES__, { ignoreURLParametersMatching: [/./] });

// Take control at the first visit, so that files loaded on demand later come from the copy, too.
clientsClaim();

scope.addEventListener('message', ({ data }) => {
  if (data?.type === 'take-over') scope.skipWaiting();
});
