// The page's entry script: starts the program with the files beside this one, then stores them for offline use.
import { start } from './start.js';

// Inside another page, the style sheet lets a finger beside the pad scroll that page.
if (window.top !== window) document.documentElement.dataset.guest = '';

await start(name => new URL(name, import.meta.url).href);
// Only now, because the sound comes first. If this fails, the page still works, and the next visit tries again.
const offline = await import('./offline.js').catch(() => undefined);
await offline?.keepOffline(new URL('service-worker.js', import.meta.url).href);
