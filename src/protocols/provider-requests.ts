import { a2aBody } from './requests/a2a.js';
import { agUiBody } from './requests/ag-ui.js';
import { anthropicBody } from './requests/anthropic.js';
import { cohereV1Body } from './requests/cohere-v1.js';
import { cohereBody } from './requests/cohere.js';
import { geminiInteractionBody } from './requests/gemini-interactions.js';
import { geminiBody } from './requests/gemini.js';
import { langGraphBody } from './requests/langgraph.js';
import { mistralConversationBody } from './requests/mistral-conversations.js';
import { ollamaBody, ollamaGenerateBody } from './requests/ollama.js';
import { openaiBody } from './requests/openai-chat.js';
import { openaiCompletionBody } from './requests/openai-completions.js';
import { openaiImageBody } from './requests/openai-images.js';
import { responsesBody } from './requests/openai-responses.js';
import { tgiBody } from './requests/tgi.js';
import type { Conversation } from './protocol.js';

/** What writes the requests of each dialect, by its name. */
export const providerRequests = {
  a2a: a2aBody,
  'ag-ui': agUiBody,
  anthropic: anthropicBody,
  cohere: cohereBody,
  'cohere-v1': cohereV1Body,
  gemini: geminiBody,
  'gemini-interactions': geminiInteractionBody,
  langgraph: langGraphBody,
  'mistral-conversations': mistralConversationBody,
  ollama: ollamaBody,
  'ollama-generate': ollamaGenerateBody,
  openai: openaiBody,
  'openai-completions': openaiCompletionBody,
  'openai-images': openaiImageBody,
  'openai-responses': responsesBody,
  tgi: tgiBody,
} satisfies Record<string, (conversation: Conversation) => Record<string, unknown>>;
