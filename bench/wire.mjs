/**
 * What reading a stream costs, from bytes to parts: a made answer of 20 MB, in reads of 1 KB and of 16 KB, in Node and in
 * Chromium, beside decoding it, decoding and parsing it, and the decoders of the providers' own clients. The readers take
 * turns, so that what else the machine does meets all alike, and the fastest round of each counts: noise only adds.
 *
 *     npm run bench:wire
 *     node bench/wire.mjs --only=node --dialect=anthropic --chunk=1 --rounds=3
 */
import { createServer } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch } from 'puppeteer-core';
import { findBrowser } from '../test/browser.mjs';
import { bundle } from './bundle.mjs';

const options = Object.fromEntries(process.argv.slice(2).map((option) => option.replace(/^--/, '').split('=')));
const list = (name, standard) => (options[name] ?? standard).split(',');
const ROUNDS = Number(options.rounds ?? 7);
const LIMIT = 'decoder + JSON.parse';
/** Growth of a turn's cost is what counts there: twice the answer, twice the time. */
const TURNS = [5_000_000, 10_000_000, 20_000_000];

/** @typedef {(call: 'measure' | 'measureSession' | 'namesFor', argument: unknown) => Promise<any>} Place */

const script = await bundle('wire-readers.ts');
const PLACES = { node: inNode, chromium: inChromium };
for (const place of list('only', 'node,chromium')) await PLACES[place](report);

/** @param {string} name @param {Place} call */
async function report(name, call) {
  for (const dialect of list('dialect', 'anthropic,openai')) {
    for (const size of list('chunk', '1,16')) await reportReaders(name, call, dialect, Number(size) * 1024);
  }
  if (!options.chunk) await reportTurns(name, call);
}

async function reportReaders(place, call, dialect, chunk) {
  const readers = await call('namesFor', dialect);
  const times = new Map(readers.map((reader) => [reader, []]));
  // The first round warms up and does not count.
  for (let round = -1; round < ROUNDS; round += 1) {
    for (const [reader, found] of times) {
      const time = await call('measure', { dialect, reader, chunk });
      if (round >= 0) found.push(time);
    }
  }
  console.log(`\n${place}, ${dialect} 20 MB in reads of ${chunk / 1024} KB`);
  const limit = Math.min(...times.get(LIMIT));
  for (const [reader, found] of times) row(reader, Math.min(...found), Math.min(...found) / limit);
}

async function reportTurns(place, call) {
  console.log(`\n${place}, a turn of a ChatSession, anthropic in reads of 16 KB`);
  for (const size of TURNS) {
    const times = [];
    for (let round = 0; round < 3; round += 1)
      times.push(await call('measureSession', { dialect: 'anthropic', chunk: 16_384, size }));
    row(`${size / 1e6} MB`, Math.min(...times));
  }
}

function row(name, time, ratio) {
  const times = ratio === undefined ? '' : `${ratio.toFixed(2)}x`;
  console.log(`  ${name.padEnd(22)} ${times.padStart(7)}  ${time.toFixed(0).padStart(6)} ms`);
}

async function inNode(use) {
  const folder = mkdtempSync(join(tmpdir(), 'ai-stream-elements-bench-'));
  try {
    const file = join(folder, 'readers.mjs');
    writeFileSync(file, script);
    const readers = await import(pathToFileURL(file).href);
    await use(`Node ${process.versions.node}`, async (name, argument) => readers[name](argument));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function inChromium(use) {
  const server = createServer((request, response) => {
    const isScript = request.url === '/readers.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? script : '<!doctype html><meta charset="utf-8"><title>bench</title>');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { executablePath, args, env } = await findBrowser();
  const browser = await launch({ executablePath, args, env, protocolTimeout: 600_000 });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    const call = (name, argument) =>
      page.evaluate(async (...given) => (await import('/readers.js'))[given[0]](given[1]), name, argument);
    await use(await browser.version(), call);
  } finally {
    await browser.close();
    server.close();
  }
}
