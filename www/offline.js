// Registers service-worker.js, which stores the page for offline use, and announces new versions. A new version must
// never load before the user asks for it, nor while sound plays. The page also works in a browser without service
// workers (a private window, an old browser).

/** The delay before the download of the offline copy, which must not compete with the download of the sound. */
const AFTER_READY_MS = 2000;

const root = document.documentElement;

/**
 * Resolves when `data-state` or `data-playing` of the root element, which the program sets, has the value.
 * @param {'state' | 'playing'} name
 * @param {string} value
 * @returns {Promise<void>}
 */
const until = (name, value) =>
  new Promise(resolve => {
    const observer = new MutationObserver(look);
    function look() {
      // Before the program has begun, nothing plays.
      if ((root.dataset[name] ?? 'off') !== value) return;
      observer.disconnect();
      resolve();
    }
    observer.observe(root, { attributeFilter: [`data-${name}`] });
    look();
  });

/**
 * Whether the offline copy is complete; browsers short of storage refuse it.
 * @param {ServiceWorkerRegistration} registration
 */
const isKept = registration =>
  registration.active
    ? true
    : new Promise(resolve => {
        const worker = registration.installing ?? registration.waiting;
        const look = () => {
          if (worker.state === 'activated' || worker.state === 'redundant') resolve(worker.state === 'activated');
        };
        worker.addEventListener('statechange', look);
        look();
      });

/** @param {ServiceWorkerRegistration} registration */
function followVersions(registration) {
  const { serviceWorker } = navigator;
  const offer = document.getElementById('update');
  let asked = false;
  // The very first version takes over without an announcement.
  let known = serviceWorker.controller !== null;
  const show = () => {
    offer.hidden = false;
  };
  const reload = async () => {
    await until('playing', 'off');
    // The program stores what the tab would lose.
    offer.dispatchEvent(new Event('reload'));
    location.reload();
  };

  offer.querySelector('button').addEventListener('click', async () => {
    asked = true;
    await until('playing', 'off');
    if (registration.waiting) registration.waiting.postMessage({ type: 'take-over' });
    else reload();
  });
  serviceWorker.addEventListener('controllerchange', () => {
    // If the user updated in another window, only announce it here: the sound of this window must not be interrupted.
    if (asked) reload();
    else if (known) show();
    known = true;
  });
  const follow = () => {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed' && known) show();
    });
  };
  registration.addEventListener('updatefound', follow);
  follow();
  if (registration.waiting && known) show();
  // A page that stays open for days looks for a new version when it becomes visible again.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') registration.update().catch(() => {});
  });
}

/** @param {string} script the address of service-worker.js, which stores the folder that it lies in */
export async function keepOffline(script) {
  // Inside another page, offline storage is the host page's decision.
  if (!('serviceWorker' in navigator) || window.top !== window) return;
  let kept = false;
  try {
    let registration = await navigator.serviceWorker.getRegistration(script);
    // The registration of a folder above this one belongs to another page.
    const isOurs = registration?.scope === new URL('.', script).href;
    // A page that fails needs a new version most.
    if (isOurs) followVersions(registration);
    await until('state', 'ready');
    await new Promise(resolve => setTimeout(resolve, AFTER_READY_MS));
    registration = await navigator.serviceWorker.register(script);
    if (!isOurs) followVersions(registration);
    kept = await isKept(registration);
  } catch {
    // A private window or an old browser refuses service workers.
  }
  document.getElementById(kept ? 'kept' : 'not-kept').hidden = false;
  if (!kept) return;
  // Only for installed pages: elsewhere some browsers would ask the user for permission.
  if (matchMedia('(display-mode: standalone)').matches) await navigator.storage?.persist?.();
}
