import { a2a } from './dialects/a2a.js';
import { agUi } from './dialects/ag-ui.js';
import { aiSdkData } from './dialects/ai-sdk-data.js';
import { anthropic } from './dialects/anthropic.js';
import { assistantTransport } from './dialects/assistant-transport.js';
import { cohereV1 } from './dialects/cohere-v1.js';
import { cohere } from './dialects/cohere.js';
import { geminiInteractions } from './dialects/gemini-interactions.js';
import { gemini } from './dialects/gemini.js';
import { generic } from './dialects/generic.js';
import { openaiChat } from './dialects/openai-chat.js';
import { langGraph } from './dialects/langgraph.js';
import { mistralConversations } from './dialects/mistral-conversations.js';
import { ollama, ollamaGenerate } from './dialects/ollama.js';
import { openaiCompletions } from './dialects/openai-completions.js';
import { openaiImages } from './dialects/openai-images.js';
import { openaiResponses } from './dialects/openai-responses.js';
import { plainText } from './dialects/plain-text.js';
import type { Protocol } from './protocol.js';
import { tgi } from './dialects/tgi.js';
import { uiMessageStream } from './dialects/ui-message-stream.js';

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
    // Before the AI SDK's, some of whose types it shares, because it also has paths.
    assistantTransport,
    uiMessageStream,
    aiSdkData,
    anthropic,
    openaiChat,
    openaiCompletions,
    openaiResponses,
    openaiImages,
    gemini,
    geminiInteractions,
    mistralConversations,
    agUi,
    a2a,
    cohere,
    cohereV1,
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
