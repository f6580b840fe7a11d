// One AudioContext for all pads of a page that want the same latency: phones allow only a handful. It is closed when
// the last pad is gone. Never touches a context that the page itself has made.

/** @type {Map<string, { context: AudioContext, users: number }>} by latency */
const contexts = new Map();

// iOS runs out of memory over many reloads otherwise. A page kept for “back” comes alive again with its sound.
addEventListener('pagehide', event => {
  if (event.persisted) return;
  for (const { context } of contexts.values()) if (context.state !== 'closed') context.close();
  contexts.clear();
});

/**
 * @param {string} latency
 * @param {() => AudioContext} open
 */
export function borrowContext(latency, open) {
  const known = contexts.get(latency);
  // A browser may close one by itself.
  const shared = known && known.context.state !== 'closed' ? known : { context: open(), users: 0 };
  shared.users += 1;
  contexts.set(latency, shared);
  return shared.context;
}

/** @param {AudioContext} context */
export function returnContext(context) {
  for (const [latency, shared] of contexts) {
    if (shared.context !== context) continue;
    shared.users -= 1;
    if (shared.users > 0) return;
    contexts.delete(latency);
    if (context.state !== 'closed') context.close();
  }
}
