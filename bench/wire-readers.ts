import { Stream as AnthropicStream } from '@anthropic-ai/sdk/core/streaming';
import { jsonSchema, parseJsonEventStream } from 'ai';
import { Stream as OpenAiStream } from 'openai/core/streaming';
import { ChatSession } from '../src/conversation/chat-session.js';
import { readPartBatches, readParts } from '../src/protocols/read-parts.js';
import { textOf } from '../src/message.js';
import { anthropicStream, openaiStream, type Recorded } from './wire-streams.js';

/** Reads a response and says how many characters of answer were in it. */
type Reader = (response: Response) => Promise<number>;

const SIZE = 20_000_000;

const STREAMS: Record<string, (size: number) => Recorded> = { anthropic: anthropicStream, openai: openaiStream };

/** What an event of either dialect may hold of the answer's text. */
interface TextEvent {
  delta?: { text?: string };
  choices?: { delta?: { content?: string } }[];
}

type TextIn = (event: TextEvent) => number;

/** The text of one event, by the shape of its dialect. */
const TEXT_IN: Record<string, TextIn> = {
  anthropic: (event) => event.delta?.text?.length ?? 0,
  openai: (event) => event.choices?.[0]?.delta?.content?.length ?? 0,
};

const SDK: Record<string, (response: Response) => AsyncIterable<TextEvent>> = {
  anthropic: (response) => AnthropicStream.fromSSEResponse(response, new AbortController()),
  openai: (response) => OpenAiStream.fromSSEResponse(response, new AbortController()),
};

function readersFor(dialect: string): Record<string, Reader> {
  const textIn = TEXT_IN[dialect]!;
  return {
    decoder: decodeAlone,
    'decoder + JSON.parse': (response) => parseAlone(response, textIn),
    'readParts, by read': readByBatch,
    readParts: readByPart,
    'the provider’s SDK': (response) => sum(SDK[dialect]!(response), textIn),
    'AI SDK': (response) => readByAiSdk(response, textIn),
  };
}

/** The limit of any reader: the bytes as text, and nothing done with it. */
async function decodeAlone(response: Response): Promise<number> {
  const decoder = new TextDecoder();
  let length = 0;
  await eachRead(response, (bytes) => {
    length += decoder.decode(bytes, { stream: true }).length;
  });
  return length;
}

/** The limit of a reader that understands: lines cut at line feeds, their JSON parsed, no promise but one for each read. */
async function parseAlone(response: Response, textIn: TextIn): Promise<number> {
  const decoder = new TextDecoder();
  let rest = '';
  let length = 0;
  await eachRead(response, (bytes) => {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      if (line.startsWith('data: {')) length += textIn(JSON.parse(line.slice(6)) as TextEvent);
    }
  });
  return length;
}

async function eachRead({ body }: Response, take: (bytes: Uint8Array) => void): Promise<void> {
  const reader = body!.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    take(value);
  }
}

async function sum<Item>(items: AsyncIterable<Item>, lengthOf: (item: Item) => number): Promise<number> {
  let length = 0;
  for await (const item of items) length += lengthOf(item);
  return length;
}

async function readByBatch(response: Response): Promise<number> {
  let length = 0;
  for await (const parts of readPartBatches(response)) {
    for (const part of parts) if (part.type === 'text-delta') length += part.delta.length;
  }
  return length;
}

function readByPart(response: Response): Promise<number> {
  return sum(readParts(response), (part) => (part.type === 'text-delta' ? part.delta.length : 0));
}

async function readByAiSdk(response: Response, textIn: TextIn): Promise<number> {
  const events = parseJsonEventStream({ stream: response.body!, schema: jsonSchema<TextEvent>({}) });
  const reader = events.getReader();
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return length;
    if (value.success) length += textIn(value.value);
  }
}

const recorded = new Map<string, Recorded>();

function streamOf(dialect: string, size: number): Recorded {
  const key = `${dialect} ${size}`;
  if (!recorded.has(key)) recorded.set(key, STREAMS[dialect]!(size));
  return recorded.get(key)!;
}

function respond({ bytes }: Recorded, chunk: number): Response {
  let at = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(at, at + chunk));
      at += chunk;
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

export interface Run {
  dialect: string;
  reader: string;
  /** Bytes of one network read. */
  chunk: number;
  size?: number;
}

export function namesFor(dialect: string): string[] {
  return Object.keys(readersFor(dialect));
}

/** Milliseconds of one reading. Throws where the reader did not come to what is in the stream. */
export async function measure({ dialect, reader, chunk, size = SIZE }: Run): Promise<number> {
  const stream = streamOf(dialect, size);
  const response = respond(stream, chunk);
  const before = performance.now();
  const length = await readersFor(dialect)[reader]!(response);
  const time = performance.now() - before;
  if (reader !== 'decoder' && length !== stream.characters)
    throw new Error(`${reader} read ${length} of ${stream.characters} characters`);
  return time;
}

/** Milliseconds of a whole conversation's turn: bytes to a message in the thread, with every event that it dispatches. */
export async function measureSession({ dialect, chunk, size = SIZE }: Omit<Run, 'reader'>): Promise<number> {
  const stream = streamOf(dialect, size);
  const session = new ChatSession();
  const before = performance.now();
  const message = await session.consume(respond(stream, chunk));
  const time = performance.now() - before;
  if (textOf(message).length !== stream.characters) throw new Error('The session has lost text.');
  return time;
}
