import { asArray, asObject, asString, defined, type JsonObject } from '../parts/json.js';
import type { StreamPart } from '../stream-part.js';

/**
 * Events of Google's Agent Development Kit (https://google.github.io/adk-docs/events): each is a candidate that says which
 * agent it is of. The pieces of a text come first, marked as partial, and then the whole of it once more.
 */
export class AgentEvents {
  #streamed = false;

  /** What of an event is new. Calls are read from whole events alone: their ids are others in those that are partial. */
  candidateIn(event: JsonObject): JsonObject {
    const { author, partial, finishReason } = event;
    const parts = asArray(asObject(event.content)?.parts).map((part) => asObject(part) ?? {});
    const isNew =
      partial === true ? isText : (part: JsonObject) => !isText(part) || !(this.#streamed || author === 'user');
    const fresh = parts.filter(isNew);
    if (parts.some(isText)) this.#streamed = partial === true;
    return {
      ...event,
      content: { parts: fresh },
      finishReason: isLast(event, parts) ? (finishReason ?? 'STOP') : undefined,
    };
  }
}

export function agentError({ errorCode, errorMessage, finishReason }: JsonObject): StreamPart | undefined {
  const errorText = asString(errorMessage);
  if (!errorText || finishReason) return undefined;
  return defined({ type: 'error', errorText, errorCode: asString(errorCode) } as const);
}

/** Whether nothing more comes of this agent by itself: after a call there is its result, and after a result a text. */
function isLast({ partial, actions, longRunningToolIds }: JsonObject, parts: JsonObject[]): boolean {
  if (partial === true || parts.length === 0) return false;
  if (asObject(actions)?.skipSummarization === true || asArray(longRunningToolIds).length > 0) return true;
  return parts.every(({ functionCall, functionResponse }) => !functionCall && !functionResponse);
}

function isText({ text }: JsonObject): boolean {
  return typeof text === 'string';
}
