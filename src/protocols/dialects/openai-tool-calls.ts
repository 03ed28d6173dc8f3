import { asArray, asId, asNumber, asObject, asString, defined, parseJson, type JsonObject } from '../parts/json.js';
import type { ProviderMetadata, StreamPart } from '../stream-part.js';
import { ToolInputs } from '../parts/tool-inputs.js';

/**
 * Tool calls in Chat Completions: fragments keyed by `index`, of which only the first carries id and name. Some servers
 * leave the index out and send each call whole, some send an empty name or a null id again, some number every call 0, and
 * some give every call the same id.
 */
export class OpenAiToolCalls {
  readonly #inputs = new ToolInputs<number>();
  #next = 0;
  /** The key under which the calls of an index are written now; a call that begins anew at an index gets a new one. */
  readonly #keys = new Map<number, number>();
  /** The ids on the wire, by key. */
  readonly #ids = new Map<number, string>();
  /** What led to the calls, as it is to be given back with them. */
  #details: JsonObject[] = [];

  read(delta: JsonObject): StreamPart[] {
    const given = asObject(delta.tool_calls);
    const calls = (given ? [given] : asArray(delta.tool_calls)).map((call) => asObject(call) ?? {});
    const legacy = asObject(delta.function_call);
    return [...calls, ...(legacy ? [{ index: -1, function: legacy }] : [])].flatMap((call) => this.#fragment(call));
  }

  /** OpenRouter's details of the thoughts come in pieces of one kind, in front of the calls and behind them. */
  noteDetails(value: unknown): void {
    for (const piece of asArray(value).map((one) => asObject(one) ?? {})) {
      const last = this.#details.at(-1);
      if (last && last.type === piece.type && last.index === piece.index && !piece.data) append(last, piece);
      else this.#details.push({ ...piece });
    }
  }

  finishAll(): StreamPart[] {
    this.#keys.clear();
    this.#ids.clear();
    const calls = this.#inputs.finishAll() as { providerMetadata?: ProviderMetadata }[];
    const [first] = calls;
    if (!first || this.#details.length === 0) return calls as StreamPart[];
    first.providerMetadata = { ...first.providerMetadata, openrouter: { reasoning_details: this.#details } };
    this.#details = [];
    return calls as StreamPart[];
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
    const id = asId(call.id) ?? '';
    this.#ids.set(key, id);
    const start = {
      toolCallId: id === '' ? `call-${key + 1}` : this.#inputs.holds(id) ? `${id}-${key + 1}` : id,
      toolName: asString(fn.name) ?? '',
      inputEncoding: custom ? ('text' as const) : undefined,
      providerMetadata: signatureOf(call),
    };
    return this.#inputs.start(key, defined(start));
  }

  #keyOf(call: JsonObject, fn: JsonObject): number {
    const index = indexOf(call);
    if (index === undefined) return this.#keyWithoutIndex(call, fn);
    const key = this.#keys.get(index);
    return key !== undefined && !this.#beginsAnew(key, call, fn) ? key : this.#newKey(index);
  }

  /** A name begins a call; a fragment without one goes on with the call before it. */
  #keyWithoutIndex(call: JsonObject, fn: JsonObject): number {
    const last = this.#next - 1;
    const open = this.#inputs.get(last);
    const goesOn = open !== undefined && (!fn.name || (call.id && asId(call.id) === this.#ids.get(last)));
    return goesOn ? last : this.#newKey();
  }

  /**
   * The index is used again: a name, no more of the id that stands there, and the call of that is complete, or has begun
   * as another. Without an id a name may come with every fragment.
   */
  #beginsAnew(key: number, call: JsonObject, fn: JsonObject): boolean {
    const standing = this.#inputs.get(key);
    if (!standing || !fn.name || (call.id && asId(call.id) === this.#ids.get(key))) return false;
    const { toolName } = standing.start;
    const isOther = toolName !== '' && fn.name !== toolName;
    if (standing.text === '') return Boolean(call.id) && isOther;
    const args = argumentsOf(fn);
    const mayBegin = isOther || /^\s*\{/.test(args) || (Boolean(call.id) && args === '');
    return mayBegin && parseJson(standing.text) !== undefined;
  }

  #newKey(index?: number): number {
    const key = this.#next;
    this.#next += 1;
    if (index !== undefined) this.#keys.set(index, key);
    return key;
  }
}

/** More of a detail's text, or the signature at its end. */
function append(last: JsonObject, piece: JsonObject): void {
  for (const name of ['text', 'summary', 'signature'])
    if (typeof piece[name] === 'string') last[name] = (asString(last[name]) ?? '') + piece[name];
}

function indexOf({ index }: JsonObject): number | undefined {
  return asNumber(typeof index === 'string' && /^\d+$/.test(index) ? Number(index) : index);
}

/** Gemini, spoken to as OpenAI is, wants its call back with this. */
function signatureOf({ extra_content: extra }: JsonObject): ProviderMetadata | undefined {
  const thoughtSignature = asString(asObject(asObject(extra)?.google)?.thought_signature);
  return thoughtSignature ? { google: { thoughtSignature } } : undefined;
}

/** Ollama's OpenAI-like servers send the arguments as an object. */
function argumentsOf(fn: JsonObject): string {
  const given = fn.arguments ?? fn.input;
  if (typeof given === 'string') return given;
  return typeof given === 'object' && given !== null ? JSON.stringify(given) : '';
}
