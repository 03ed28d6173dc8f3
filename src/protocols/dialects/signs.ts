import { asArray, asObject, asString, parseJson, type JsonObject } from '../parts/json.js';
import type { Protocol } from '../protocol.js';

/** How a dialect is told, without what it takes to read it. */
type Sign = 'name' | 'framing' | 'hasLastWord' | 'matchesHeaders' | 'matchesEvent' | 'matchesUrl';
export type DialectSigns = Pick<Protocol, Sign>;

/** The signs of the dialects that are loaded on first use. */
export const signs = {
  assistantTransport: {
    name: 'assistant-transport',
    hasLastWord: true,
    matchesEvent: ({ json }) => {
      const { path } = asObject(json) ?? {};
      return Array.isArray(path) && TRANSPORT_TYPES.test(typeIn(json));
    },
  },
  mastra: {
    name: 'mastra',
    hasLastWord: true,
    matchesEvent: ({ json }) => {
      const { payload, runId } = asObject(json) ?? {};
      return asObject(payload) !== undefined && (typeof runId === 'string' || MASTRA_TYPES.test(typeIn(json)));
    },
  },
  aiSdkData: {
    name: 'ai-sdk-data',
    framing: 'lines',
    // It has none, but its servers close by themselves; data and further answers come behind one's end.
    hasLastWord: true,
    matchesHeaders: (headers) => headers.has('x-vercel-ai-data-stream'),
    matchesEvent: ({ data }) => {
      const [, , json = ''] = DATA_STREAM_LINE.exec(data) ?? [];
      return parseJson(json) !== undefined;
    },
  },
  openaiCompletions: {
    name: 'openai-completions',
    hasLastWord: true,
    matchesEvent: ({ json }) => isCompletion(asObject(json) ?? {}),
    matchesUrl: (url) => /\/v1\/completions\/?(\?|$)/.test(url),
  },
  openaiResponses: {
    name: 'openai-responses',
    matchesEvent: ({ json }) => typeIn(json).startsWith('response.'),
    matchesUrl: (url) => /\/responses\/?(\?|$)/.test(url),
  },
  openaiImages: {
    name: 'openai-images',
    hasLastWord: true,
    matchesEvent: ({ json }) => IMAGE_TYPES.test(typeIn(json)),
    matchesUrl: (url) => /\/images\/generations\/?(\?|$)/.test(url),
  },
  gemini: {
    name: 'gemini',
    matchesEvent: ({ json }) => responseIn(json) !== undefined,
    matchesUrl: (url) => /:streamGenerateContent\b/.test(url),
  },
  geminiInteractions: {
    name: 'gemini-interactions',
    matchesEvent: ({ json }) => /^(interaction|step)\.[a-z_]+$/.test(typeIn(json, 'event_type')),
    matchesUrl: (url) => /\/interactions\/?(\?|$)/.test(url),
  },
  mistralConversations: {
    name: 'mistral-conversations',
    matchesEvent: ({ json }) => CONVERSATION_TYPES.test(typeIn(json)),
    matchesUrl: (url) => /\/v1\/conversations(\/[^/?#]+)?\/?(\?|$)/.test(url),
  },
  agUi: {
    name: 'ag-ui',
    matchesEvent: ({ json }) => AG_UI_TYPES.test(typeIn(json)),
  },
  cohere: {
    name: 'cohere',
    matchesEvent: ({ json }) => COHERE_TYPES.test(typeIn(json)),
    matchesUrl: (url) => /\/v2\/chat\/?(\?|$)/.test(url),
  },
  cohereV1: {
    name: 'cohere-v1',
    framing: 'lines',
    matchesEvent: ({ json }) => COHERE_V1_TYPES.test(typeIn(json, 'event_type')),
    matchesUrl: (url) => /\bcohere\b[^?#]*\/v1\/chat\/?(\?|$)/i.test(url),
  },
  langGraph: {
    name: 'langgraph',
    hasLastWord: true,
    matchesEvent: ({ type, json }) => {
      if (isProtocolEvent(json) || isRunEvent(json)) return true;
      const [name = ''] = type.split('|', 1);
      if (name === 'metadata') return typeof asObject(json)?.run_id === 'string';
      if (/^messages\/(partial|complete|metadata)$/.test(name)) return typeof json === 'object';
      if (name === 'messages') return Array.isArray(json) && asObject(json[0]) !== undefined;
      if (name === 'data') return isServed(asObject(json) ?? {});
      return (name === 'values' || name === 'updates') && asObject(json) !== undefined;
    },
    matchesUrl: (url) => /\/runs\/stream\/?(\?|$)/.test(url),
  },
  tgi: {
    name: 'tgi',
    matchesEvent: ({ json }) => isToken(asObject(json) ?? {}),
    matchesUrl: (url) => /\/generate_stream\/?(\?|$)/.test(url),
  },
  ollama: {
    name: 'ollama',
    matchesEvent: ({ json }) => isOllamaLine(asObject(json) ?? {}),
    matchesUrl: (url) => isOllama(url, 'chat'),
  },
  ollamaGenerate: {
    name: 'ollama-generate',
    matchesUrl: (url) => isOllama(url, 'generate'),
  },
} satisfies Record<string, DialectSigns>;

export function typeIn(json: unknown, field = 'type'): string {
  return asString(asObject(json)?.[field]) ?? '';
}

const TRANSPORT_TYPES =
  /^(part-(start|finish)|text-delta|tool-call-args-text-finish|step-start|update-state|message-finish)$/;

/** What tells it where it does not say whose run it is. */
const MASTRA_TYPES = /^(text|reasoning|tool-call|step)-/;

const CONVERSATION_TYPES =
  /^(conversation\.response\.(started|done|error)|message\.output\.delta|tool\.execution\.\w+|agent\.handoff\.\w+|function\.call\.delta)$/;

const AG_UI_TYPES =
  /^((RUN|STEP|TEXT_MESSAGE|TOOL_CALL|STATE|MESSAGES|ACTIVITY|REASONING|THINKING|SUBAGENT)_[A-Z_]+|CUSTOM|RAW)$/;

const COHERE_TYPES =
  /^(message-(start|end)|content-(start|delta|end)|tool-plan-delta|tool-call-(start|delta|end)|citation-(start|end))$/;

const COHERE_V1_TYPES =
  /^(stream-(start|end)|text-generation|citation-generation|search-(results|queries-generation)|tool-calls-(chunk|generation))$/;

export const IMAGE_TYPES = /^image_(generation|edit)\.(partial_image|completed)$/;

/** A line of the AI SDK's data stream: a code and a JSON value. */
export const DATA_STREAM_LINE = /^([0-9a-k]|aui-[\w-]+):(["[{].*)$/s;

export function isCompletion({ object, choices }: JsonObject): boolean {
  if (object === 'text_completion') return true;
  return asArray(choices).some((choice) => typeof asObject(choice)?.text === 'string');
}

/** What a response of Google's has where it has no candidate, on the wire and as its Python library writes it. */
const BESIDE_CANDIDATES = ['promptFeedback', 'usageMetadata', 'prompt_feedback', 'usage_metadata'];

/** Some of Google's services put the response into one more object. */
export function responseIn(json: unknown): JsonObject | undefined {
  const object = asObject(json);
  return [object, asObject(object?.response)].find(
    (one) =>
      one &&
      (Array.isArray(one.candidates) || isAgentEvent(one) || BESIDE_CANDIDATES.some((name) => asObject(one[name]))),
  );
}

/** An event of Google's Agent Development Kit. */
export function isAgentEvent({ author, invocationId, invocation_id }: JsonObject): boolean {
  return typeof author === 'string' && typeof (invocationId ?? invocation_id) === 'string';
}

/** An event of LangGraph's newer protocol. */
export function isProtocolEvent(json: unknown): boolean {
  return typeIn(json) === 'event' && asObject(asObject(json)?.params) !== undefined;
}

/** An event of LangChain's `astream_events`. */
export function isRunEvent(json: unknown): boolean {
  return /^on_\w+_(start|stream|end)$/.test(typeIn(json, 'event'));
}

/** LangServe's events, where nothing came before them: a message of LangChain's, or its log. */
function isServed({ type, content, ops }: JsonObject): boolean {
  return Array.isArray(ops) || (/^(ai|AIMessage)/.test(asString(type) ?? '') && content !== undefined);
}

export function isToken({ token }: JsonObject): boolean {
  return typeof asObject(token)?.text === 'string';
}

function isOllamaLine({ done, message, response, thinking }: JsonObject): boolean {
  const { role, content, tool_calls: calls = content } = asObject(message) ?? {};
  const says = asString(role) ?? calls ?? asString(response) ?? asString(thinking);
  return typeof done === 'boolean' && says !== undefined;
}

/** `/api/chat` alone is what many a backend is called: Ollama's own is told by its port or its name. */
function isOllama(url: string, path: string): boolean {
  return new RegExp(String.raw`(:11434|\bollama\b[^?#]*)/api/${path}/?(\?|$)`, 'i').test(url);
}
