// The page's own script: starts the program with the files that lie beside this one, and keeps them.
import { start } from './start.js';

// Within another page the style sheet lets a finger beside the pad scroll that page.
if (window.top !== window) document.documentElement.dataset.guest = '';

await start(name => new URL(name, import.meta.url).href);
// Not before: the sound comes first. What breaks off here is missed by nobody now, and tried again by the next visit.
const offline = await import('./offline.js').catch(() => undefined);
await offline?.keepOffline(new URL('service-worker.js', import.meta.url).href);
