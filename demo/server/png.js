// @ts-check
import { deflateSync, gzipSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * An image of 8-bit RGB.
 * @param {number} width
 * @param {number} height
 * @param {(x: number, y: number) => [number, number, number]} colorAt
 */
export function encodePng(width, height, colorAt) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits, three channels; then the only compression, filter method and no interlacing.
  header.set([8, 2, 0, 0, 0], 8);
  const pixels = deflateSync(drawRows(width, height, colorAt), { level: 6 });
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

/**
 * @param {number} width
 * @param {number} height
 * @param {(x: number, y: number) => [number, number, number]} colorAt
 */
function drawRows(width, height, colorAt) {
  // Each row begins with its filter: 0, none.
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y += 1) {
    const row = y * (1 + width * 3) + 1;
    for (let x = 0; x < width; x += 1) rows.set(colorAt(x, y), row + x * 3);
  }
  return rows;
}

/**
 * @param {string} name
 * @param {Buffer} data
 */
function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(checksumOf(body), body.length + 4);
  return frame;
}

/** As gzip writes it behind what it packs: `zlib.crc32` came with Node 20.15 only. @param {Buffer} bytes */
function checksumOf(bytes) {
  return gzipSync(bytes, { level: 0 }).subarray(-8).readUInt32LE();
}
