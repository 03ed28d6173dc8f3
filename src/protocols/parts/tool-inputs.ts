import type { StreamPart, ToolPart } from '../stream-part.js';

type StartPart = Extract<ToolPart, { type: 'tool-input-start' }>;

interface ToolCall {
  start: Omit<StartPart, 'type'>;
  text: string;
}

/**
 * The arguments of tool calls while they stream as fragments of JSON, by whatever key the dialect gives a call.
 * A Map, because keys come from the wire and `__proto__` is one.
 */
export class ToolInputs<Key> {
  readonly #calls = new Map<Key, ToolCall>();

  has(key: Key): boolean {
    return this.#calls.has(key);
  }

  get(key: Key): Readonly<ToolCall> | undefined {
    return this.#calls.get(key);
  }

  /** Whether a call of this id is open, under any key. */
  holds(toolCallId: string): boolean {
    for (const { start } of this.#calls.values()) if (start.toolCallId === toolCallId) return true;
    return false;
  }

  /** A call that is begun where another one is still open ends that one: its arguments will get no more. */
  start(key: Key, start: Omit<StartPart, 'type'>): StreamPart[] {
    const before = this.finish(key);
    this.#calls.set(key, { start, text: '' });
    return [...before, { type: 'tool-input-start', ...start }];
  }

  /** The name of a call that began without one. It goes out with the complete arguments. */
  name(key: Key, toolName: string): void {
    const call = this.#calls.get(key);
    if (call?.start.toolName === '') call.start = { ...call.start, toolName };
  }

  append(key: Key, inputTextDelta: string): StreamPart[] {
    const call = this.#calls.get(key);
    if (!call || inputTextDelta === '') return [];
    call.text += inputTextDelta;
    return [{ type: 'tool-input-delta', toolCallId: call.start.toolCallId, inputTextDelta }];
  }

  /** The arguments are complete. `whole` stands in where none were streamed. */
  finish(key: Key, whole: unknown = {}): StreamPart[] {
    const call = this.#calls.get(key);
    if (!call) return [];
    this.#calls.delete(key);
    return [completed(call, whole)];
  }

  finishAll(): StreamPart[] {
    return [...this.#calls.keys()].flatMap((key) => this.finish(key));
  }
}

function completed({ start, text }: ToolCall, whole: unknown): StreamPart {
  const { inputEncoding, ...fields } = start;
  if (inputEncoding === 'text') return { type: 'tool-input-available', ...fields, input: text };
  if (text.trim() === '') return { type: 'tool-input-available', ...fields, input: whole };
  try {
    return { type: 'tool-input-available', ...fields, input: JSON.parse(text) as unknown };
  } catch {
    const errorText = 'The arguments of this call are not complete JSON.';
    return { type: 'tool-input-error', ...fields, input: text, errorText };
  }
}
