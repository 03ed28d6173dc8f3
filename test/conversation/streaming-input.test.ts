import { expect } from '@open-wc/testing';
import * as fc from 'fast-check';
import { reduceMessage, type Message, type ToolMessagePart } from '../../src/core.js';

const START: Message = { id: 'm', role: 'assistant', parts: [] };
const begun = (message = START) => reduceMessage(message, { type: 'tool-input-start', toolCallId: 't', toolName: 'f' });
const more = (message: Message, inputTextDelta: string) =>
  reduceMessage(message, { type: 'tool-input-delta', toolCallId: 't', inputTextDelta });
const inputOf = (message: Message) => (message.parts[0] as ToolMessagePart).input;
const whole = (text: string) => inputOf(more(begun(), text));

const SPACES = fc.constantFrom(undefined, 2, '\t');
const KEYS = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 3 }), fc.constantFrom('__proto__', 'constructor', 'a'));
const { value: VALUES } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, tie('leaf'), tie('leaf'), tie('list'), tie('object')),
  leaf: fc.oneof(
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.constantFrom('', '\\', '"', '\ud83d', '😀', '\u2028', true, false, null, 0, -0, 1e21, -1.5e-7, 12),
  ),
  list: fc.array(tie('value'), { maxLength: 4 }),
  object: fc.array(fc.tuple(KEYS, tie('value')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
}));
const ESCAPED = fc.boolean();

/** JSON as it may be written, every character beyond ASCII as an escape or as itself. */
const JSON_TEXT = fc.tuple(VALUES, SPACES, ESCAPED).map(([value, spaces, escaped]) => {
  const text = JSON.stringify(value, null, spaces);
  const escape = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return escaped ? text.replaceAll(/[\u0080-\uffff]/g, escape) : text;
});

/** Cuts a text, and says after which pieces it is read. */
const CUTS = fc.array(fc.tuple(fc.nat(9), fc.boolean()), { minLength: 1, maxLength: 20 });

function* pieces(text: string, cuts: readonly (readonly [number, boolean])[]): Generator<[string, boolean]> {
  let at = 0;
  for (let turn = 0; at < text.length; turn += 1) {
    const [size, isRead] = cuts[turn % cuts.length]!;
    // A piece may be empty, but not all of them.
    const length = size || (turn % 2 ? 1 : 0);
    yield [text.slice(at, at + length), isRead];
    at += length;
  }
}

/** What was read in pieces must be what is read of the same beginning at once. */
function isTheSameInPieces(text: string, cuts: readonly (readonly [number, boolean])[]): void {
  let message = begun();
  let written = '';
  for (const [piece, isRead] of pieces(text, cuts)) {
    message = more(message, piece);
    written += piece;
    if (isRead) expect(JSON.stringify(inputOf(message)), written).to.equal(JSON.stringify(whole(written)));
  }
  expect(JSON.stringify(inputOf(message)), text).to.equal(JSON.stringify(whole(text)));
}

describe('arguments that are read while they are written', () => {
  it('are in the end what the text says, however it was cut and whenever it was read', () => {
    fc.assert(
      fc.property(JSON_TEXT, CUTS, (text, cuts) => {
        isTheSameInPieces(text, cuts);
        expect(whole(text)).to.deep.equal(JSON.parse(text));
        expect(JSON.stringify(whole(text))).to.equal(JSON.stringify(JSON.parse(text)));
      }),
      { numRuns: 400 },
    );
  });

  it('are read alike in pieces where they are no JSON', () => {
    const spoil = fc.record({
      at: fc.nat(60),
      put: fc.constantFrom('', "'", ',', '}', ']', ':', 'N', '01', '\n', '//x\n'),
    });
    fc.assert(
      fc.property(JSON_TEXT, CUTS, spoil, (text, cuts, { at, put }) => {
        isTheSameInPieces(text.slice(0, at) + put + text.slice(at + 1), cuts);
      }),
      { numRuns: 400 },
    );
  });

  const PREFIXES: [string, unknown][] = [
    ['', undefined],
    [' ', undefined],
    ['-', undefined],
    ['tr', true],
    ['12.', 12],
    ['1e', 1],
    ['"a\\', 'a'],
    ['"a\\u00', 'a'],
    ['{"a', {}],
    ['{"a":', {}],
    ['{"a":-', {}],
    ['{"a":{"b":[1,', { a: { b: [1] } }],
    ['{"a":1,"a":', { a: 1 }],
    ['{"a":1,"a":{', { a: {} }],
    ["{'a': 1", { a: 1 }],
  ];
  for (const [text, value] of PREFIXES)
    it(`${JSON.stringify(text)} is ${JSON.stringify(value)}`, () => {
      expect(whole(text)).to.deep.equal(value);
      let message = begun();
      for (const char of text) {
        message = more(message, char);
        inputOf(message);
      }
      expect(inputOf(message)).to.deep.equal(value);
    });

  it('a message of before keeps what it had, whether it was read then or is read later', () => {
    const first = more(begun(), '{"a":[1,{"b":"x');
    const read = inputOf(first);
    const second = more(first, 'y"},2');
    const third = more(second, ',3');
    expect(inputOf(third)).to.deep.equal({ a: [1, { b: 'xy' }, 2, 3] });
    expect(read).to.deep.equal({ a: [1, { b: 'x' }] });
    expect(inputOf(second)).to.deep.equal({ a: [1, { b: 'xy' }, 2] });
    expect(inputOf(more(third, ']'))).to.deep.equal({ a: [1, { b: 'xy' }, 2, 3] });
  });

  it('two that go on from the same message are told apart', () => {
    const stem = more(begun(), '{"a":"');
    inputOf(stem);
    const [one, other] = [more(stem, 'x'), more(stem, 'yy')];
    expect(inputOf(one)).to.deep.equal({ a: 'x' });
    expect(inputOf(other)).to.deep.equal({ a: 'yy' });
    expect([inputOf(more(one, '1')), inputOf(more(other, '2'))]).to.deep.equal([{ a: 'x1' }, { a: 'yy2' }]);
  });

  it('cost what is new, read at each of 20,000 fragments', function () {
    this.timeout(60_000);
    const cost = (count: number) => {
      let message = more(begun(), '{"content":"');
      const before = performance.now();
      for (let turn = 0; turn < count; turn += 1) {
        message = more(message, 'some \\n');
        inputOf(message);
      }
      return performance.now() - before;
    };
    cost(1000);
    // Noise only adds: the fastest of some counts.
    const least = (count: number) => Math.min(...Array.from({ length: 4 }, () => cost(count)));
    const [few, many] = [least(2000), least(20_000)];
    // Ten times as many, of a text that is ten times as long: a hundred times as much where each is read whole.
    expect(many).to.be.below(40 * few + 50);
  });
});
