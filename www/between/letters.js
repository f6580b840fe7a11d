// The letters of the sounds between which a person moves.

/** The letters of the ends. */
export const LETTERS = ['A', 'B', 'C', 'D'];
/** Those with a grid of sounds around them. */
export const AROUND = ['A', 'B'];
