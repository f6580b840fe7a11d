// Loads files of the site for the scripts that load on demand. A load that fails rejects with `lost`, a word that every
// panel has.

/** The result of a load. @template Loaded @param {Promise<Loaded>} load */
export const orLost = load =>
  load.catch(() => {
    throw 'lost';
  });

/** The bytes of a file. @param {string} address */
export async function bytesOf(address) {
  const answer = await orLost(fetch(address));
  if (!answer.ok) throw 'lost';
  return new Uint8Array(await orLost(answer.arrayBuffer()));
}
