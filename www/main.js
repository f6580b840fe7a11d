// The page's own script: starts the program with the files that lie beside this one, and keeps them.
import { keepOffline } from './offline.js';
import { start } from './start.js';

await start(name => new URL(name, import.meta.url).href);
await keepOffline(new URL('service-worker.js', import.meta.url).href);
