import { anthropic } from './dialects/anthropic.js';
import { generic } from './dialects/generic.js';
import { openaiChat } from './dialects/openai-chat.js';
import { plainText } from './dialects/plain-text.js';
import { signs } from './dialects/signs.js';
import { uiMessageStream } from './dialects/ui-message-stream.js';
import { later, rare } from './later-dialects.js';
import type { Protocol } from './protocol.js';

/** Dialects that are known by name alone before an event has come that no other one knows. */
const RARE = [
  'a2a',
  'agno',
  'autogen',
  'bedrock',
  'bedrock-agents',
  'claude-agent',
  'codex',
  'dashscope',
  'gradio',
  'llama-index',
  'openai-agents',
  'openai-assistants',
  'pydantic-ai',
  'wrapped',
];

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
    later(signs.assistantTransport),
    // As well, because its fields are elsewhere.
    later(signs.mastra),
    uiMessageStream,
    later(signs.aiSdkData),
    anthropic,
    openaiChat,
    later(signs.openaiCompletions),
    later(signs.openaiResponses),
    later(signs.openaiImages),
    later(signs.gemini),
    later(signs.geminiInteractions),
    later(signs.mistralConversations),
    later(signs.agUi),
    later(signs.cohere),
    later(signs.cohereV1),
    later(signs.langGraph),
    later(signs.tgi),
    later(signs.ollama),
    later(signs.ollamaGenerate),
    ...RARE.map(rare),
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
