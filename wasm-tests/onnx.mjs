// Edits the weights of an ONNX file in place in its protobuf, to make test models from ours.

/** @typedef {{ number: number, value?: number, bytes?: Buffer }} Field */

/** The fields of a protobuf message, with views into it. @param {Buffer} message @returns {Generator<Field>} */
function* fields(message) {
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message[at++];
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(value);
    }
  };
  while (at < message.length) {
    const key = varint();
    const number = key >> 3;
    switch (key & 7) {
      case 0:
        yield { number, value: varint() };
        break;
      case 1:
        at += 8;
        break;
      case 2: {
        const length = varint();
        yield { number, bytes: message.subarray(at, at + length) };
        at += length;
        break;
      }
      default:
        at += 4;
    }
  }
}

/** Protobuf field numbers: ModelProto.graph, GraphProto.initializer, TensorProto.dims and raw_data. */
const GRAPH = 7;
const INITIALIZER = 5;
const DIMS = 1;
const RAW_DATA = 9;

/**
 * A copy of a network with other weights in its arrays with a side of two. `change` gets the bytes of each array, four
 * for a weight, little-endian.
 * @param {Buffer} network
 * @param {number} count how many such arrays it has
 * @param {(weights: Buffer) => void} change
 */
function withPlane(network, count, change) {
  const copy = Buffer.from(network);
  let layers = 0;
  for (const { number, bytes: graph } of fields(copy)) {
    if (number !== GRAPH || !graph) continue;
    for (const { number: kind, bytes: tensor } of fields(graph)) {
      if (kind !== INITIALIZER || !tensor) continue;
      const parts = [...fields(tensor)];
      const dims = parts.filter(part => part.number === DIMS);
      const sides = dims.flatMap(({ value, bytes }) => (bytes ? [...bytes] : [value]));
      const weights = parts.find(part => part.number === RAW_DATA)?.bytes;
      if (!sides.includes(2) || !weights) continue;
      layers++;
      change(weights);
    }
  }
  if (layers !== count) throw new Error(`${layers} arrays of the network have a side of two; ${count} were expected`);
  return copy;
}

/**
 * A copy of a decoder with other weights in its first layer.
 * @param {Buffer} decoder @param {(weights: Buffer) => void} change
 */
const withFirstLayer = (decoder, change) => withPlane(decoder, 1, change);

/** @param {Buffer} weights */
function negate(weights) {
  for (let sign = 3; sign < weights.length; sign += 4) weights[sign] ^= 0x80;
}

/** A decoder whose plane is rotated by 180 degrees: (x, y) becomes (-x, -y). @param {Buffer} decoder */
export const turned = decoder => withFirstLayer(decoder, negate);

/**
 * The encoder of the same plane. It has its points, and their squares, which must stay positive.
 * @param {Buffer} encoder
 */
export const turnedEncoder = encoder =>
  withPlane(encoder, 2, weights => {
    if (weights.some((byte, at) => at % 4 === 3 && byte >= 0x80)) negate(weights);
  });

/** A decoder with finite weights and infinite results. @param {Buffer} decoder */
export const overflowing = decoder =>
  withFirstLayer(decoder, weights => {
    for (let at = 0; at < weights.length; at += 4) weights.writeFloatLE(3e38, at);
  });

/** A well-formed decoder whose results are NaN. @param {Buffer} decoder */
export const senseless = decoder =>
  withFirstLayer(decoder, weights => {
    weights.fill(0xff);
  });
