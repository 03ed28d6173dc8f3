import { agUi } from './ag-ui.js';
import { aiSdkData } from './ai-sdk-data.js';
import { anthropic } from './anthropic.js';
import { cohere } from './cohere.js';
import { gemini } from './gemini.js';
import { generic } from './generic.js';
import { openaiChat } from './openai-chat.js';
import { langGraph } from './langgraph.js';
import { ollama, ollamaGenerate } from './ollama.js';
import { openaiImages } from './openai-images.js';
import { openaiResponses } from './openai-responses.js';
import { plainText } from './plain-text.js';
import type { Protocol } from './protocol.js';
import { tgi } from './tgi.js';
import { uiMessageStream } from './ui-message-stream.js';

const ALIASES: Record<string, string> = {
  'openai-chat': 'openai',
  responses: 'openai-responses',
  'ui-message-stream': 'ai-sdk',
  sse: 'generic',
};

/**
 * The dialects by name, in the order in which they are asked. `generic` is last: it takes what no other one knows.
 * A host's own, put in by `register`, is asked before all others and may take a name over.
 */
class ProtocolRegistry {
  #all: Protocol[] = [
    uiMessageStream,
    aiSdkData,
    anthropic,
    openaiChat,
    openaiResponses,
    openaiImages,
    gemini,
    agUi,
    cohere,
    langGraph,
    tgi,
    ollama,
    ollamaGenerate,
    generic,
    plainText,
  ];

  register(protocol: Protocol): void {
    this.#all = [protocol, ...this.#all.filter(({ name }) => name !== protocol.name)];
  }

  get(name: string): Protocol | undefined {
    return this.#all.find((protocol) => protocol.name === (ALIASES[name] ?? name));
  }

  [Symbol.iterator](): IterableIterator<Protocol> {
    return this.#all.values();
  }
}

export const protocols = new ProtocolRegistry();
