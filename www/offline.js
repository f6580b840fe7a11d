// Keeps the page for offline use by service-worker.js, and offers a new version when there is one: it comes when a
// person asks for it and nothing sounds, never else. Where service workers are refused (a private window, an old
// browser), the page lives without.

/** The copy is made when the visit has what it needs: the sound comes first. */
const AFTER_READY_MS = 2000;

const root = document.documentElement;

/**
 * Resolves when the page says so: `data-state` and `data-playing` of the root are written by the program.
 * @param {'state' | 'playing'} name
 * @param {string} value
 * @returns {Promise<void>}
 */
const until = (name, value) => new Promise(resolve => {
  const observer = new MutationObserver(look);
  function look() {
    if (root.dataset[name] !== value) return;
    observer.disconnect();
    resolve();
  }
  observer.observe(root, { attributeFilter: [`data-${name}`] });
  look();
});

/** Whether there is a whole copy; there is none where the browser has no room for it. @param {ServiceWorkerRegistration} registration */
const isKept = registration => registration.active ? true : new Promise(resolve => {
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
  // The first version of all takes over without a word.
  let known = serviceWorker.controller !== null;
  const show = () => { offer.hidden = false; };
  const reload = () => until('playing', 'off').then(() => location.reload());

  offer.querySelector('button').addEventListener('click', async () => {
    asked = true;
    offer.dataset.asked = '';
    await until('playing', 'off');
    if (registration.waiting) registration.waiting.postMessage({ type: 'take-over' });
    else reload();
  });
  serviceWorker.addEventListener('controllerchange', () => {
    // Asked for in another window, it is offered in this one: what is played here is not interrupted.
    if (asked) reload();
    else if (known) show();
    known = true;
  });
  registration.addEventListener('updatefound', () => {
    const { installing } = registration;
    installing.addEventListener('statechange', () => {
      if (installing.state === 'installed' && known) show();
    });
  });
  if (registration.waiting && known) show();
  // A page that stays open for days hears of it when somebody comes back to it.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') registration.update().catch(() => {});
  });
}

/** @param {string} script the address of service-worker.js, whose folder is what it keeps */
export async function keepOffline(script) {
  // A page within another is a guest: what is kept there is its host's matter.
  if (!('serviceWorker' in navigator) || window.top !== window) return;
  await until('state', 'ready');
  await new Promise(resolve => setTimeout(resolve, AFTER_READY_MS));
  let kept = false;
  try {
    const registration = await navigator.serviceWorker.register(script);
    followVersions(registration);
    kept = await isKept(registration);
  } catch {
    // Refused: a private window, an old browser.
  }
  document.getElementById(kept ? 'kept' : 'not-kept').hidden = false;
  if (!kept) return;
  // Who has installed it wants it to stay; asked elsewhere, some browsers would trouble the person.
  if (matchMedia('(display-mode: standalone)').matches) await navigator.storage?.persist?.();
}
