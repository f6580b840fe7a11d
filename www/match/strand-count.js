/** How many searches for a sound run side by side, and the most kinds of hits of a rhythm. */
export const STRANDS = 4;
