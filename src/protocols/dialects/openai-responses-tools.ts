import { TOOL_SAID_NOTHING } from '../parts/error-part.js';
import { imagePart } from '../parts/house-parts.js';
import { asArray, asId, asObject, asString, defined, type JsonObject } from '../parts/json.js';
import type { StreamPart } from '../stream-part.js';
import { ToolInputs } from '../parts/tool-inputs.js';

/** Calls that wait for whoever asked. All others, also those that nobody has heard of, the provider runs by itself. */
const CALLERS = new Set(
  'function_call custom_tool_call computer_call local_shell_call shell_call apply_patch_call tool_search_call'.split(
    ' ',
  ),
);

/** Calls whose result is an item of its own. */
const RESULT_APART = new Set(['shell_call', 'tool_search_call', 'program']);

/** Items whose input is what streams as text; the others' is JSON. */
const TEXT_INPUT = new Set(['custom_tool_call', 'code_interpreter_call', 'program']);

/** Whether the provider runs the call by itself: xAI's searches on X look like custom tools, but for their ids. */
export function isHosted({ type, execution, environment, call_id: id }: JsonObject): boolean {
  const place = asString(asObject(environment)?.type) ?? '';
  if (execution === 'server' || place.startsWith('container') || asId(id)?.startsWith('xs_call_')) return true;
  return !CALLERS.has(asString(type) ?? '');
}

/** The tool calls of OpenAI's Responses, by the place of their item: item ids are not the same in every event. */
export class ResponsesTools {
  readonly #inputs = new ToolInputs<number>();
  /** The call id that goes with each place, so that a result finds its call. */
  readonly #ids = new Map<number, string>();
  /** Calls that are complete, by their id. */
  readonly #done = new Set<string>();
  /** Calls whose result has no call id to find them by: results come in the order of their calls. */
  readonly #unnamed: string[] = [];
  #places = 0;

  isCall(type: string): boolean {
    return type === 'program' || (type.endsWith('_call') && type !== 'image_generation_call');
  }

  isDone(item: JsonObject): boolean {
    return this.#done.has(asId(item.call_id) || asId(item.id) || '');
  }

  start(place: number, item: JsonObject): StreamPart[] {
    const type = asString(item.type) ?? '';
    this.#places += 1;
    const toolCallId = asId(item.call_id) || asId(item.id) || `call-${this.#places}`;
    this.#ids.set(place, toolCallId);
    return this.#inputs.start(place, {
      toolCallId,
      toolName: nameOf(type, item),
      ...(TEXT_INPUT.has(type) && { inputEncoding: 'text' }),
      ...(isHosted(item) && { providerExecuted: true }),
    });
  }

  append(place: number, delta: string): StreamPart[] {
    return this.#inputs.append(place, delta);
  }

  /** The whole of the arguments: what has not streamed of them is added. */
  complete(place: number, whole: string): StreamPart[] {
    const written = this.#inputs.get(place)?.text ?? '';
    if (whole === '' || whole.startsWith(written)) return this.append(place, whole.slice(written.length));
    return [...this.#restart(place, whole), ...this.append(place, whole)];
  }

  /** What has streamed is not what the whole says: the call begins again. */
  #restart(place: number, whole: unknown): StreamPart[] {
    const call = this.#inputs.get(place);
    if (!call || call.text === '' || whole === undefined) return [];
    const { start } = call;
    // The half-written arguments are let go of without a word.
    this.#inputs.finish(place);
    return this.#inputs.start(place, start);
  }

  /** The item is complete: its arguments, and its result where the provider ran it. */
  finish(place: number, item: JsonObject): StreamPart[] {
    const started = this.#ids.has(place) ? [] : this.start(place, item);
    const given = wholeInput(item);
    const streamed = typeof given === 'string' ? this.complete(place, given) : this.#restart(place, given);
    const input = this.#inputs.finish(place, given ?? {});
    const toolCallId = this.#ids.get(place) ?? '';
    this.#ids.delete(place);
    this.#done.add(toolCallId);
    if (RESULT_APART.has(asString(item.type) ?? '') && !asId(item.call_id)) this.#unnamed.push(toolCallId);
    return [...started, ...streamed, ...input, ...resultOf(item, toolCallId)];
  }

  /** The call that an item holds the result of. */
  callOf(item: JsonObject): string | undefined {
    return asId(item.call_id) || this.#unnamed.shift();
  }

  /** The call at this place was the provider's own: this is what came of it. */
  answer(place: number, { type: _, ...output }: JsonObject): StreamPart[] {
    const toolCallId = this.#ids.get(place);
    if (toolCallId === undefined) return [];
    this.#ids.delete(place);
    const [input] = this.#inputs.finish(place, wholeInput(output) ?? {});
    const answered: StreamPart = { type: 'tool-output-available', toolCallId, output, providerExecuted: true };
    return [...(input ? [{ ...input, providerExecuted: true } as StreamPart] : []), answered];
  }

  finishAll(): StreamPart[] {
    this.#ids.clear();
    return this.#inputs.finishAll();
  }
}

function nameOf(type: string, item: JsonObject): string {
  return asString(item.name) || (type === 'mcp_call' ? '' : type.replace(/_call$/, ''));
}

/** Text that may have streamed before, or an object that comes with the item alone. */
function wholeInput(item: JsonObject): unknown {
  const { arguments: args, input, code, action, operation, queries } = item;
  const whole = [args, input, code, action, operation].find((value) => value !== undefined && value !== null);
  return whole ?? (Array.isArray(queries) ? { queries } : undefined);
}

function resultOf(item: JsonObject, toolCallId: string): StreamPart[] {
  const { type, error, status } = item;
  if (!isHosted(item) || RESULT_APART.has(asString(type) ?? '')) return [];
  if (error || status === 'failed') return [failure(item, toolCallId)];
  const output = outputOf(item);
  return [{ type: 'tool-output-available', toolCallId, output, providerExecuted: true }, ...picturesOf(item)];
}

function failure({ error }: JsonObject, toolCallId: string): StreamPart {
  const errorText = asString(error) ?? asString(asObject(error)?.message) ?? TOOL_SAID_NOTHING;
  return { type: 'tool-output-error', toolCallId, errorText, providerExecuted: true };
}

/** A call that is shown by its result alone, and has none. */
export function failedCall(item: JsonObject, toolName: string): StreamPart[] {
  const toolCallId = asId(item.id) || toolName;
  return [
    { type: 'tool-input-available', toolCallId, toolName, input: {}, providerExecuted: true },
    failure(item, toolCallId),
  ];
}

function outputOf({ type, output, outputs, results, status, action }: JsonObject): unknown {
  if (type === 'mcp_call') return output ?? null;
  if (type === 'code_interpreter_call') return { outputs: withoutPictures(outputs) };
  if (type === 'file_search_call') return { results: results ?? null };
  return defined({ status, sources: asObject(action)?.sources });
}

/** What the code drew. It is shown as a picture, and not a second time in the result. */
function picturesOf({ outputs }: JsonObject): StreamPart[] {
  return asArray(outputs).flatMap((output) => {
    const { type, url } = asObject(output) ?? {};
    return type === 'image' && typeof url === 'string' ? [imagePart(url)] : [];
  });
}

function withoutPictures(outputs: unknown): unknown {
  return Array.isArray(outputs) ? outputs.filter((output) => asObject(output)?.type !== 'image') : (outputs ?? null);
}
