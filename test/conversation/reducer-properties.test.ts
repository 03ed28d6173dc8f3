import { expect } from '@open-wc/testing';
import * as fc from 'fast-check';
import { newsOf } from '../../src/conversation/thread/message-news.js';
import { isToolPart, reduceMessage, settleMessage, type Message, type StreamPart } from '../../src/core.js';

const EMPTY: Message = { id: 'm', role: 'assistant', parts: [] };
const id = fc.constantFrom('1', '2', '__proto__');
const word = fc.constantFrom('a', '"', '{"x":', '[1,', '}', '\ud83d');
const provider = fc.option(fc.constant({ acme: { n: 1 } }), { nil: undefined });
const toolCallId = id;
const toolName = fc.constantFrom('search', '');
const type = <Name extends string>(...names: Name[]) => fc.constantFrom(...names);

/** Any parts in any order: ends without a start, deltas of nothing, results of calls that were never made. */
const part = fc.oneof(
  fc.record({
    type: type('text-start', 'text-end', 'reasoning-start', 'reasoning-end'),
    id,
    providerMetadata: provider,
  }),
  fc.record({ type: type('text-delta', 'reasoning-delta'), id, delta: word }),
  fc.record({ type: type('tool-input-start'), toolCallId, toolName, inputEncoding: fc.constantFrom('json', 'text') }),
  fc.record({ type: type('tool-input-delta'), toolCallId, inputTextDelta: word }),
  fc.record({
    type: type('tool-input-available', 'tool-input-error'),
    toolCallId,
    toolName,
    input: fc.jsonValue(),
    errorText: word,
  }),
  fc.record({
    type: type('tool-output-available', 'tool-output-error', 'tool-output-denied'),
    toolCallId,
    output: word,
    errorText: word,
  }),
  fc.record({ type: type('tool-approval-request'), toolCallId, approvalId: id }),
  fc.record({ type: type('tool-approval-response'), approvalId: id, approved: fc.boolean() }),
  fc.record({ type: type('artifact-start'), id, kind: word }),
  fc.record({ type: type('artifact-delta'), id, delta: word }),
  fc.record({ type: type('artifact-replace'), id, content: word }),
  fc.record({
    type: type('artifact-patch'),
    id,
    edits: fc.array(fc.record({ from: fc.integer(), to: fc.integer(), replace: word })),
  }),
  fc.record({ type: type('artifact-end'), id }),
  fc.record({ type: type('image'), id, url: word }),
  fc.record({ type: type('data-note'), id, data: fc.jsonValue() }),
  fc.record({ type: type('start-step', 'finish-step', 'reset-step', 'abort') }),
  fc.record({ type: type('message-metadata', 'start', 'finish'), messageMetadata: fc.jsonValue() }),
  fc.record({ type: type('custom'), kind: word }),
  fc.record({ type: type('source-url'), sourceId: id, url: word }),
  fc.record({ type: type('usage'), inputTokens: fc.nat() }),
) as fc.Arbitrary<StreamPart>;

const stream = fc.array(part, { maxLength: 40 });

function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const field of Object.values(value)) deepFreeze(field);
  return value;
}

describe('the reducer, given any parts in any order', () => {
  it('changes nothing that it is given', () => {
    fc.assert(
      fc.property(stream, (parts) => {
        let message = deepFreeze(EMPTY);
        for (const one of parts) {
          const before = JSON.stringify(message);
          const next = reduceMessage(message, deepFreeze(one));
          expect(JSON.stringify(message)).to.equal(before);
          message = deepFreeze(next);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('leaves the parts that it does not change as they are', () => {
    fc.assert(
      fc.property(stream, (parts) => {
        let message = EMPTY;
        for (const one of parts) {
          const next = reduceMessage(message, one);
          const kept = message.parts.filter((old) => next.parts.includes(old)).length;
          // One block, call or artifact at a time, and one that a new one of its id ends; all that stream at an end.
          if (!['abort', 'finish', 'reset-step'].includes(one.type))
            expect(message.parts.length - kept).to.be.at.most(1);
          message = next;
        }
      }),
    );
  });

  it('settles once: what is settled stays the very same message', () => {
    fc.assert(
      fc.property(stream, fc.constantFrom('complete', 'error', 'stopped'), (parts, status) => {
        const settled = settleMessage(parts.reduce(reduceMessage, EMPTY), status as 'complete');
        expect(settleMessage(settled, 'complete')).to.equal(settled);
        expect(JSON.stringify(settled))
          .not.to.contain('"state":"streaming"')
          .and.not.to.contain('"status":"streaming"');
      }),
    );
  });

  it('makes messages that go through JSON and are taken up again', () => {
    fc.assert(
      fc.property(stream, stream, (parts, rest) => {
        const message = parts.reduce(reduceMessage, EMPTY);
        const stored = JSON.parse(JSON.stringify(message)) as Message;
        expect(JSON.stringify(stored)).to.equal(JSON.stringify(message));
        const [here, there] = [message, stored].map((one) => rest.reduce(reduceMessage, one));
        expect(JSON.parse(JSON.stringify(there))).to.deep.equal(JSON.parse(JSON.stringify(here)));
      }),
      { numRuns: 300 },
    );
  });

  it('takes offsets of an edit that lie beyond the text for its ends', () => {
    const offset = fc.integer({ min: -9, max: 9 });
    const begun: StreamPart[] = [
      { type: 'artifact-start', id: 'a', kind: 'text' },
      { type: 'artifact-delta', id: 'a', delta: 'abcd' },
    ];
    fc.assert(
      fc.property(offset, offset, (from, to) => {
        const patch: StreamPart = { type: 'artifact-patch', id: 'a', edits: [{ from, to, replace: '|' }] };
        const [changed] = [...begun, patch].reduce(reduceMessage, EMPTY).parts;
        const [start, end] = [from, Math.max(from, to)].map((at) => Math.min(4, Math.max(0, at)));
        const whole = [...'abcd'];
        whole.splice(start!, end! - start!, '|');
        expect(changed).to.have.nested.property('data.content', whole.join(''));
      }),
    );
  });

  it('takes no name from the wire that reaches a prototype', () => {
    const wire =
      '{"a":{"__proto__":{"polluted":1},"b":1},"constructor":{"prototype":{"polluted":1}},"__proto__":{"polluted":1}}';
    const told = (messageMetadata: unknown): StreamPart => ({ type: 'message-metadata', messageMetadata });
    const message = [told({ a: { c: 2 } }), told(JSON.parse(wire))].reduce(reduceMessage, EMPTY);
    const { metadata } = message as { metadata: Record<string, any> };
    expect(metadata).to.deep.equal({ a: { b: 1, c: 2 } });
    for (const object of [metadata, metadata['a'], {}]) {
      expect(object.polluted).to.equal(undefined);
      expect(Object.getPrototypeOf(object)).to.equal(Object.prototype);
    }
  });

  it('lets arguments be read at every point', () => {
    const whole = '{"city":"Zürich \\u00e9","days":[1,-2.5e3],"deep":{"ok":true,"no":null}}';
    let message = reduceMessage(EMPTY, { type: 'tool-input-start', toolCallId: '1', toolName: 'weather' });
    for (const inputTextDelta of whole) {
      message = reduceMessage(message, { type: 'tool-input-delta', toolCallId: '1', inputTextDelta });
      const call = message.parts.find(isToolPart)!;
      expect(() => JSON.stringify(call.input)).not.to.throw();
    }
    expect(message.parts.find(isToolPart)!.input).to.deep.equal(JSON.parse(whole));
  });
});

describe('a part of a long message', () => {
  /** How often parts that stand are looked at for one that comes. */
  function looksAt(part: StreamPart): number {
    let looks = 0;
    const get = (target: any, name: string) => {
      looks += 1;
      return target[name];
    };
    const note = (index: number) => new Proxy({ type: 'data-note', id: `${index}`, data: index }, { get });
    const parts = [
      ...Array.from({ length: 1000 }, (_, index) => note(index)),
      { type: 'data-state', id: 's', data: 0 },
    ];
    const before = reduceMessage({ ...EMPTY, parts } as Message, { type: 'reasoning-start', id: 'r' });
    looks = 0;
    newsOf(before, reduceMessage(before, part), part);
    return looks;
  }

  for (const part of [
    { type: 'reasoning-delta', id: 'r', delta: 'x' },
    { type: 'data-state', id: 's', data: 1 },
    { type: 'source-url', sourceId: 's', url: 'https://a.example' },
    { type: 'usage', inputTokens: 1 },
  ] as StreamPart[])
    it(`costs what comes, not what stands: ${part.type}`, () => expect(looksAt(part)).to.be.below(10));

  it('is one of a thousand calls, whose results come in their order, and costs no more than one of ten', () => {
    let looks = 0;
    const get = (target: any, name: string) => {
      looks += 1;
      return target[name];
    };
    const parts = [new Proxy({ type: 'data-note', data: 0 }, { get })];
    const ids = Array.from({ length: 1000 }, (_, index) => `t${index}`);
    const calls = ids.map((toolCallId) => ({ type: 'tool-input-available', toolCallId, toolName: 'f', input: {} }));
    const results = ids.map((toolCallId) => ({ type: 'tool-output-available', toolCallId, output: toolCallId }));
    const said = { type: 'text-delta', id: 'x', delta: 'x' };
    const all = [...calls, said, ...results, said, { ...calls[7], input: 'again' }] as StreamPart[];
    const { parts: made } = all.reduce(reduceMessage, { ...EMPTY, parts } as Message);
    expect(looks).to.be.below(300);
    expect(made.filter(isToolPart).map((call) => [call.toolCallId, call.input, 'output' in call])).to.deep.equal(
      ids.map((id, index) => (index === 7 ? [id, 'again', false] : [id, {}, true])),
    );
  });

  it('belongs to the call of its own message, whichever is written to last', () => {
    const call = (toolCallId: string, input: unknown) =>
      ({ type: 'tool-input-available', toolCallId, toolName: 'f', input }) as StreamPart;
    const many = Array.from({ length: 200 }, (_, index) => call(`t${index}`, 0)).reduce(reduceMessage, EMPTY);
    const one = reduceMessage(many, call('new', 1));
    const other = [call('x', 2), call('new', 2)].reduce(reduceMessage, many);
    const again = reduceMessage(one, { type: 'tool-output-available', toolCallId: 'new', output: 1 });
    const both = [again, reduceMessage(other, { type: 'tool-output-available', toolCallId: 'new', output: 2 })];
    expect(both.map(({ parts }) => parts.length)).to.deep.equal([201, 202]);
    expect(both.map(({ parts }) => (parts.at(-1) as any).output)).to.deep.equal([1, 2]);
  });
});
