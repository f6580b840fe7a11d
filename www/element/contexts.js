// One AudioContext for all pads of a page with the same latency hint, because phones allow only a few. It is closed
// when its last pad is removed. Must never touch a context that the page itself created.

/** @type {Map<string, { context: AudioContext, users: number }>} by latency */
const contexts = new Map();

/**
 * Otherwise iOS runs out of memory after many reloads. A page in the back/forward cache keeps its sound.
 * @param {PageTransitionEvent} event
 */
function closeAll(event) {
  if (event.persisted) return;
  for (const { context } of contexts.values()) if (context.state !== 'closed') context.close();
  contexts.clear();
}

/**
 * @param {string} latency
 * @param {() => AudioContext} open
 */
export function borrowContext(latency, open) {
  // Not where the module loads: a server that renders a page imports it, too. The browser adds a listener once.
  addEventListener('pagehide', closeAll);
  const known = contexts.get(latency);
  // The browser may close a context on its own.
  const shared = known && known.context.state !== 'closed' ? known : { context: open(), users: 0 };
  shared.users += 1;
  contexts.set(latency, shared);
  return shared.context;
}

/**
 * Counts one more user of a context that a page gives to a pad, if it is another pad's.
 * @param {AudioContext} context
 */
export function shareContext(context) {
  for (const shared of contexts.values()) if (shared.context === context) shared.users += 1;
}

/**
 * Restarts a pad: a context that the page gave it stays open, also if it is the last user.
 * @param {AudioContext | null} context @param {() => void} restart
 */
export function keepContext(context, restart) {
  if (context) shareContext(context);
  restart();
  if (context) returnContext(context);
}

/**
 * Returns whether it was the last user, and the context is closed.
 * @param {AudioContext} context one that the page created has no users here
 */
export function returnContext(context) {
  for (const [latency, shared] of contexts) {
    if (shared.context !== context) continue;
    shared.users -= 1;
    if (shared.users > 0) return false;
    contexts.delete(latency);
    if (context.state !== 'closed') context.close();
    return true;
  }
  return false;
}
