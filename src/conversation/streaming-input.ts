import { jsonrepair } from 'jsonrepair';
import type { ToolMessagePart } from '../message.js';
import { closeJson } from './close-json.js';

/**
 * A tool call whose arguments are still streaming. What can be read of them is parsed only when somebody reads it, and
 * then once: parsing the whole text at each fragment would cost the square of its length.
 */
export function streamingInput(
  call: Omit<ToolMessagePart, 'input'>,
  inputText: string,
  inputEncoding: 'json' | 'text',
): ToolMessagePart {
  const part = { ...withoutInput(call), inputText, inputEncoding } as ToolMessagePart;
  let read: { value: unknown } | undefined;
  Object.defineProperty(part, 'input', {
    enumerable: true,
    configurable: true,
    get: () => (read ??= { value: inputEncoding === 'text' ? inputText : readable(inputText) }).value,
  });
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

function readable(text: string): unknown {
  const closed = closeJson(text);
  if (closed === '') return undefined;
  const value = parsed(() => closed);
  return value === undefined ? parsed(() => jsonrepair(text)) : value;
}

/** What models write that is not quite JSON (single quotes, comments, a comma too many) the library still reads. */
function parsed(whole: () => string): unknown {
  try {
    return JSON.parse(whole()) as unknown;
  } catch {
    return undefined;
  }
}
