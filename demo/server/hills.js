// @ts-check
import { encodePng } from './png.js';

/** @typedef {[number, number, number]} Color */

/** @type {{sky: [Color, Color, Color], sun: Color, near: Color}[]} */
const PALETTES = [
  {
    sky: [
      [38, 46, 94],
      [196, 108, 122],
      [255, 205, 150],
    ],
    sun: [255, 240, 205],
    near: [24, 22, 48],
  },
  {
    sky: [
      [18, 62, 92],
      [92, 160, 168],
      [244, 226, 184],
    ],
    sun: [255, 250, 224],
    near: [10, 36, 48],
  },
  {
    sky: [
      [66, 36, 84],
      [214, 96, 108],
      [252, 190, 120],
    ],
    sun: [255, 232, 180],
    near: [32, 14, 40],
  },
  {
    sky: [
      [30, 70, 72],
      [140, 176, 130],
      [246, 232, 178],
    ],
    sun: [255, 252, 220],
    near: [12, 34, 34],
  },
];

const LAYERS = 6;

/**
 * Hills in the haze before a low sun; the seed chooses colours and shapes.
 * @param {{width: number, height: number, seed: number}} size
 */
export function paintHills({ width, height, seed }) {
  const palette = /** @type {(typeof PALETTES)[number]} */ (PALETTES[seed % PALETTES.length]);
  const ridges = Array.from({ length: LAYERS }, (_, layer) => ridge(layer, seed, width, height));
  const sun = { x: width * (0.3 + 0.4 * noise(seed)), y: height * 0.36, radius: height * 0.11 };
  const skyAt = (/** @type {number} */ x, /** @type {number} */ y) =>
    withSun(skyColor(palette.sky, y / height), palette.sun, sun, x, y);
  return encodePng(width, height, (x, y) => {
    const layer = ridges.findLastIndex((line) => y >= /** @type {number} */ (line[x]));
    if (layer < 0) return skyAt(x, y);
    const depth = (layer + 1) / LAYERS;
    return mix(mix(palette.sky[2], palette.sky[1], 0.35), palette.near, depth ** 1.2);
  });
}

/**
 * The height of a layer's ridge at each column: far ones high and smooth, near ones low and rough.
 * @param {number} layer
 * @param {number} seed
 * @param {number} width
 * @param {number} height
 */
function ridge(layer, seed, width, height) {
  const base = height * (0.5 + 0.085 * layer);
  const swing = height * (0.05 + 0.012 * layer);
  const phase = noise(seed * 7 + layer) * 40;
  return Array.from({ length: width }, (_, x) => {
    const at = (x / width) * (3 + layer * 0.8) + phase;
    return base - swing * (Math.sin(at) + 0.5 * Math.sin(at * 2.3 + 1) + 0.18 * Math.sin(at * 7.1 + layer));
  });
}

/**
 * @param {[Color, Color, Color]} stops
 * @param {number} position 0 at the top
 * @returns {Color}
 */
function skyColor([top, middle, low], position) {
  const at = Math.min(position / 0.62, 1);
  return at < 0.55 ? mix(top, middle, at / 0.55) : mix(middle, low, (at - 0.55) / 0.45);
}

/**
 * @param {Color} sky
 * @param {Color} color
 * @param {{x: number, y: number, radius: number}} sun
 * @param {number} x
 * @param {number} y
 */
function withSun(sky, color, sun, x, y) {
  const distance = Math.hypot(x - sun.x, y - sun.y) / sun.radius;
  const disc = Math.min(Math.max((1.03 - distance) / 0.06, 0), 1);
  const glow = 0.55 * Math.exp(-((distance / 2.6) ** 2));
  return mix(sky, color, Math.max(disc, glow));
}

/**
 * @param {Color} from
 * @param {Color} to
 * @param {number} share
 * @returns {Color}
 */
function mix(from, to, share) {
  return [blend(from[0], to[0], share), blend(from[1], to[1], share), blend(from[2], to[2], share)];
}

/**
 * @param {number} from
 * @param {number} to
 * @param {number} share
 */
function blend(from, to, share) {
  return Math.round(from + (to - from) * share);
}

/** A number from 0 to 1, always the same for the same seed. @param {number} seed */
function noise(seed) {
  const value = Math.sin(seed * 127.1 + 311.7) * 43_758.5453;
  return value - Math.floor(value);
}
