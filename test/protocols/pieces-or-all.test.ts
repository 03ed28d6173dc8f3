import { expect } from '@open-wc/testing';
import { eventStream } from '../support/bytes.js';
import { gistOf, readMessage } from '../support/read-message.js';

/** The same numbers in each run. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const anyOf = numbersFrom(7);

function pick<T>(all: readonly T[]): T {
  return all[anyOf(all.length)]!;
}

function many(count: number, letters: string): string {
  return Array.from({ length: count }, () => pick([...letters])).join('');
}

const SPELLINGS: ((text: string) => unknown)[] = [
  (text) => ({ text }),
  (content) => ({ content }),
  (value) => ({ type: 'token', value }),
  (content) => ({ type: 'ai_chunk', content }),
  (content) => ({ delta: { content } }),
  (answer) => ({ code: 0, data: { answer } }),
  (answer) => ({ event: 'message', answer }),
  (text) => text,
];

/** Texts that go on as they began, most of them. */
const TEXTS: (() => string)[] = [
  () => `${'-'.repeat(1 + anyOf(90))}\nTitle`,
  () => `${' '.repeat(1 + anyOf(60))}return;`,
  () => '█'.repeat(1 + anyOf(80)),
  () => `${'ha'.repeat(1 + anyOf(40))}!`,
  () => `${'Happy birthday to you!\n'.repeat(1 + anyOf(4))}Happy birthday, dear Sam!`,
  () => 'All work and no play makes Jack a dull boy.\n'.repeat(1 + anyOf(12)),
  () => `${'AAAA'.repeat(1 + anyOf(30))}B=`,
  () => Array.from({ length: 1 + anyOf(40) }, (_, number) => number).join(pick(['', ', '])),
  () => many(1 + anyOf(40), 'ab '),
  () => many(1 + anyOf(40), '01'),
  () => '生日快乐，'.repeat(1 + anyOf(6)),
];

/** Each gives how long the next piece is, by the number of those before it. */
const LENGTHS: (() => (before: number) => number)[] = [
  () => () => 1,
  () => () => 1 + anyOf(8),
  () => (before) => 1 + before + anyOf(2),
  () => (before) => 2 ** before,
  () => {
    const length = 1 + anyOf(30);
    return () => length;
  },
];

function inPieces(text: string): string[] {
  const lengthOf = pick(LENGTHS)();
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += pieces.at(-1)!.length)
    pieces.push(text.slice(at, at + lengthOf(pieces.length)));
  return pieces;
}

async function textOf(events: unknown[]): Promise<string> {
  const body = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
  const { message, error } = await readMessage(eventStream(`${body}data: [DONE]\n\n`));
  expect(error).to.equal(undefined);
  return gistOf(message).text;
}

describe('text that comes in pieces', () => {
  for (const [number, spell] of SPELLINGS.entries())
    it(`is whole, whatever it says and however it is cut: ${JSON.stringify(spell('…'))}`, async () => {
      for (let round = 0; round < 150; round += 1) {
        const pieces = inPieces(TEXTS[(round + number) % TEXTS.length]!());
        expect(await textOf(pieces.map(spell)), JSON.stringify(pieces)).to.equal(pieces.join(''));
      }
    });
});

describe('text of which each event has all that has come', () => {
  const words =
    'the of Paris is in France, and it rains there not often with 12 mills.\n So we go home 生日 快乐'.split(' ');

  for (const spell of SPELLINGS)
    it(`stands there once, in however many steps: ${JSON.stringify(spell('…'))}`, async () => {
      for (let round = 0; round < 60; round += 1) {
        const text = Array.from({ length: 14 + anyOf(30) }, () => pick(words)).join(' ');
        const step = Math.ceil(text.length / (4 + anyOf(20)));
        const all = Array.from({ length: Math.ceil(text.length / step) }, (_, at) => text.slice(0, (at + 1) * step));
        expect(await textOf(all.map(spell)), JSON.stringify(all)).to.equal(text);
      }
    });
});
