import { asArray, asObject, type JsonObject } from '../parts/json.js';

/** What a tool was called with, or gave, is the host's own, however it is spelled. */
const HOSTS = new Set(['args', 'response', 'result']);

/** No response of Google's nests its own fields deeper. */
const MAX_DEPTH = 10;

/**
 * A response in Google's spelling on the wire. Its Python library writes it down with `finish_reason` for `finishReason`,
 * which is how backends that are made with it send it on (`chunk.model_dump_json()`).
 */
export function inWireSpelling(response: JsonObject): JsonObject {
  const candidates = asArray(response.candidates).map(asObject);
  const parts = candidates.flatMap((one) => asArray(asObject(one?.content)?.parts).map(asObject));
  return [response, ...candidates, ...parts].some(isSnakeCased) ? (respelled(response) as JsonObject) : response;
}

function isSnakeCased(object: JsonObject | undefined): boolean {
  for (const name in object) if (name.includes('_')) return true;
  return false;
}

function respelled(value: unknown, depth = 0): unknown {
  if (depth > MAX_DEPTH) return value;
  if (Array.isArray(value)) return value.map((item) => respelled(item, depth + 1));
  const object = asObject(value);
  if (!object) return value;
  const fields = Object.entries(object).map(([name, field]) => {
    const spelled = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    return [spelled, HOSTS.has(spelled) ? field : respelled(field, depth + 1)] as const;
  });
  return Object.fromEntries(fields);
}
