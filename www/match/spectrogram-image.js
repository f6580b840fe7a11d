// A spectrogram as a picture in the map's colours.

/** The length of what the numbers have before the levels: see the protocol's Spectrogram. */
const HEAD = 3;

/**
 * The picture, its two frequencies and its levels row by row from the highest frequency.
 * @param {Float32Array} numbers see the protocol's Spectrogram
 * @param {Uint8Array} colors red, green and blue, from the least to the greatest level
 */
export function spectrogramImage(numbers, colors) {
  const [width, low_hz, high_hz] = numbers;
  const levels = numbers.slice(HEAD);
  const image = new ImageData(width, levels.length / width);
  levels.forEach((level, place) => {
    const color = 3 * Math.round(level * (colors.length / 3 - 1));
    image.data.set([...colors.subarray(color, color + 3), 255], 4 * place);
  });
  return { image, low_hz, high_hz, levels };
}
