// Keeps the whole site for offline use and answers from there, one version at a time: a new one waits until the page
// says that it may take over. build/offline.mjs bundles this with Workbox and puts in what to keep.
import { clientsClaim } from 'workbox-core';
import { addPlugins, precacheAndRoute } from 'workbox-precaching';

const scope = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

addPlugins([{
  // Workbox would download anew what the visit has just loaded; to ask whether it is still the same is enough.
  async requestWillFetch({ request }) {
    return new Request(request, { cache: 'no-cache' });
  },
}]);

// The list of files, each with a number that changes with its content, is put in by the build. The page's address
// may carry anything behind its `?`: it is the same page.
precacheAndRoute(/** @type {any} */ (self).__FILES__, { ignoreURLParametersMatching: [/./] });

// From the first visit on, so that what is loaded on demand later needs no network either.
clientsClaim();

scope.addEventListener('message', ({ data }) => {
  if (data?.type === 'take-over') scope.skipWaiting();
});
