import { asArray, asId, asNumber, asObject, asString, defined, parseJson, type JsonObject } from '../json.js';
import type { StreamPart } from '../stream-part.js';
import { ToolInputs } from '../tool-inputs.js';

/**
 * Tool calls in Chat Completions: fragments keyed by `index`, of which only the first carries id and name. Some servers
 * leave the index out and send each call whole, some send an empty name or a null id again, some number every call 0.
 */
export class OpenAiToolCalls {
  readonly #inputs = new ToolInputs<number>();
  #next = 0;
  /** The key under which the calls of an index are written now; a call that begins anew at an index gets a new one. */
  readonly #keys = new Map<number, number>();

  read(delta: JsonObject): StreamPart[] {
    const given = asObject(delta.tool_calls);
    const calls = (given ? [given] : asArray(delta.tool_calls)).map((call) => asObject(call) ?? {});
    const legacy = asObject(delta.function_call);
    return [...calls, ...(legacy ? [{ index: -1, function: legacy }] : [])].flatMap((call) => this.#fragment(call));
  }

  finishAll(): StreamPart[] {
    this.#keys.clear();
    return this.#inputs.finishAll();
  }

  #fragment(call: JsonObject): StreamPart[] {
    const custom = asObject(call.custom);
    // Some gateways put name and arguments where the function should be.
    const fn = custom ?? asObject(call.function) ?? call;
    const key = this.#keyOf(call, fn);
    const begun = this.#inputs.has(key) ? [] : this.#begin(key, call, fn, custom !== undefined);
    this.#inputs.name(key, asString(fn.name) ?? '');
    return [...begun, ...this.#inputs.append(key, argumentsOf(fn))];
  }

  #begin(key: number, call: JsonObject, fn: JsonObject, custom: boolean): StreamPart[] {
    const start = {
      toolCallId: asId(call.id) || `call-${key + 1}`,
      toolName: asString(fn.name) ?? '',
      inputEncoding: custom ? ('text' as const) : undefined,
    };
    return this.#inputs.start(key, defined(start));
  }

  #keyOf(call: JsonObject, fn: JsonObject): number {
    const index = asNumber(call.index);
    if (index === undefined) return this.#keyWithoutIndex(call, fn);
    const key = this.#keys.get(index);
    return key !== undefined && !this.#beginsAnew(key, call, fn) ? key : this.#newKey(index);
  }

  /** A name begins a call; a fragment without one goes on with the call before it. */
  #keyWithoutIndex(call: JsonObject, fn: JsonObject): number {
    const last = this.#next - 1;
    const open = this.#inputs.get(last);
    const goesOn = open !== undefined && (!fn.name || (call.id && asId(call.id) === open.start.toolCallId));
    return goesOn ? last : this.#newKey();
  }

  /** The index is used again: another id, a name, and the call that stands there is complete, or has begun as another. */
  #beginsAnew(key: number, call: JsonObject, fn: JsonObject): boolean {
    const standing = this.#inputs.get(key);
    if (!standing || !call.id || !fn.name || asId(call.id) === standing.start.toolCallId) return false;
    const { toolName } = standing.start;
    if (standing.text === '') return toolName !== '' && fn.name !== toolName;
    return parseJson(standing.text) !== undefined;
  }

  #newKey(index?: number): number {
    const key = this.#next;
    this.#next += 1;
    if (index !== undefined) this.#keys.set(index, key);
    return key;
  }
}

/** Ollama's OpenAI-like servers send the arguments as an object. */
function argumentsOf(fn: JsonObject): string {
  const given = fn.arguments ?? fn.input;
  if (typeof given === 'string') return given;
  return typeof given === 'object' && given !== null ? JSON.stringify(given) : '';
}
