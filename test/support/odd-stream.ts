import { expect } from '@open-wc/testing';
import { isToolPart, type ToolMessagePart } from '../../src/core.js';
import { encode, eventStream, inPieces } from './bytes.js';
import { readMessage, textsOf, type Read } from './read-message.js';

/** A stream that a dialect may send although nobody promised it, and what must come of it. */
export interface OddStream {
  title: string;
  /** The data of its events: JSON, or text as it stands. */
  events: (object | string)[];
  check(read: Read): void;
}

export function bodyOf(events: (object | string)[]): string {
  return events.map((event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`).join('');
}

/** Each stream as it is, and again with CRLF, comments and its dialect named, in small pieces. */
export function itReads(protocol: string, streams: OddStream[]): void {
  for (const { title, events, check } of streams) {
    it(title, async () => check(await readMessage(eventStream(bodyOf(events)))));
    it(`${title}, spelled otherwise`, async () => {
      const spelled = `: hi\r\n\r\n${bodyOf(events).replaceAll('\n', '\r\n')}`;
      check(await readMessage(eventStream(inPieces(encode(spelled), 7)), { protocol }));
    });
  }
}

export function textIs(text: string): (read: Read) => void {
  return (read) => {
    expect(read.error).to.equal(undefined);
    expect(textsOf(read.message, 'text')).to.equal(text);
  };
}

export function callsIn({ message }: Read): ToolMessagePart[] {
  return message.parts.filter(isToolPart);
}

/** A chunk of Chat Completions. */
export function chatChunk(delta: object, finish_reason: string | null = null, index = 0): object {
  return { object: 'chat.completion.chunk', choices: [{ index, delta, finish_reason }] };
}
