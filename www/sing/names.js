/** The name of the processor that records. */
export const SING_PROCESSOR = 'latent-pad-sing';
