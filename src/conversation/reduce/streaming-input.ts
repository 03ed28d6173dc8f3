import type { ToolMessagePart } from '../../message.js';
import { canRepair, repairedJson } from './json-repair.js';
import { JsonSoFar } from './json-so-far.js';

/** The arguments of a call as they were after one of their fragments. */
interface Stage {
  fragment: string;
  before: Stage | undefined;
  /** Stands at the stage that was read last; whoever reads a later one takes it on from there. */
  reader: JsonSoFar | undefined;
}

/** A part that somebody has copied has none: its text is read anew. */
const stages = new WeakMap<object, Stage>();

/**
 * A tool call whose arguments are still streaming. What can be read of them is read only when somebody asks for it, and
 * then costs what has come since: reading the whole text at each fragment would cost the square of its length.
 */
export function streamingInput(
  call: Omit<ToolMessagePart, 'input'>,
  inputText: string,
  inputEncoding: 'json' | 'text',
): ToolMessagePart {
  return partAt({ fragment: inputText, before: undefined, reader: undefined }, call, inputText, inputEncoding);
}

/** The call with one more fragment of its arguments. */
export function appendInput(call: ToolMessagePart, fragment: string): ToolMessagePart {
  const stage = { fragment, before: stages.get(call), reader: undefined };
  return partAt(stage, call, (call.inputText ?? '') + fragment, call.inputEncoding ?? 'json');
}

function partAt(
  stage: Stage,
  call: Omit<ToolMessagePart, 'input'>,
  inputText: string,
  inputEncoding: 'json' | 'text',
): ToolMessagePart {
  const part = { ...withoutInput(call), inputText, inputEncoding } as ToolMessagePart;
  let read: { value: unknown } | undefined;
  Object.defineProperty(part, 'input', {
    enumerable: true,
    configurable: true,
    get() {
      if (read) return read.value;
      const value = inputEncoding === 'text' ? inputText : readAt(stage, inputText);
      // What cannot be read yet may be read later.
      if (value !== undefined || canRepair()) read = { value };
      return value;
    },
  });
  stages.set(part, stage);
  return part;
}

/** Spreading a part would read its `input`, which is what this file is there to avoid. */
function withoutInput(call: Omit<ToolMessagePart, 'input'>): Partial<ToolMessagePart> {
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(call)) {
    if (key !== 'input') copy[key] = (call as Record<string, unknown>)[key];
  }
  return copy as Partial<ToolMessagePart>;
}

function readAt(stage: Stage, inputText: string): unknown {
  const reader = takeReader(stage) ?? readerOf(inputText);
  stage.reader = reader;
  stage.before = undefined;
  return reader.isJson ? reader.value : repaired(inputText);
}

/** The reader of a stage before this one, brought up to it. None where the arguments went on otherwise from there. */
function takeReader(stage: Stage): JsonSoFar | undefined {
  const unread: string[] = [];
  let from: Stage | undefined = stage;
  while (from && !from.reader) {
    unread.push(from.fragment);
    from = from.before;
  }
  const reader = from?.reader;
  if (!from || !reader) return undefined;
  from.reader = undefined;
  for (const fragment of unread.toReversed()) reader.feed(fragment);
  return reader;
}

function readerOf(inputText: string): JsonSoFar {
  const reader = new JsonSoFar();
  reader.feed(inputText);
  return reader;
}

function repaired(text: string): unknown {
  const json = repairedJson(text);
  try {
    return json === undefined ? undefined : (JSON.parse(json) as unknown);
  } catch {
    return undefined;
  }
}
