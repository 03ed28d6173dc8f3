import { a2a } from './dialects/a2a.js';
import { agUi } from './dialects/ag-ui.js';
import { agno } from './dialects/agno.js';
import { aiSdkData } from './dialects/ai-sdk-data.js';
import { assistantTransport } from './dialects/assistant-transport.js';
import { autoGen } from './dialects/autogen.js';
import { bedrock } from './dialects/bedrock.js';
import { bedrockAgents } from './dialects/bedrock-agents.js';
import { claudeAgent } from './dialects/claude-agent.js';
import { codex } from './dialects/codex.js';
import { dashScope } from './dialects/dashscope.js';
import { openaiAgents } from './dialects/openai-agents.js';
import { openaiAssistants } from './dialects/openai-assistants.js';
import { cohereV1 } from './dialects/cohere-v1.js';
import { cohere } from './dialects/cohere.js';
import { geminiInteractions } from './dialects/gemini-interactions.js';
import { gemini } from './dialects/gemini.js';
import { gradio } from './dialects/gradio.js';
import { langGraph } from './dialects/langgraph.js';
import { llamaIndex } from './dialects/llama-index.js';
import { mastra } from './dialects/mastra.js';
import { mistralConversations } from './dialects/mistral-conversations.js';
import { ollama, ollamaGenerate } from './dialects/ollama.js';
import { openaiCompletions } from './dialects/openai-completions.js';
import { openaiImages } from './dialects/openai-images.js';
import { openaiResponses } from './dialects/openai-responses.js';
import { pydanticAi } from './dialects/pydantic-ai.js';
import { tgi } from './dialects/tgi.js';
import { wrapped } from './dialects/wrapped.js';
import type { Protocol } from './protocol.js';

/** The dialects that most pages never meet. */
export const furtherDialects: readonly Protocol[] = [
  assistantTransport,
  mastra,
  aiSdkData,
  agno,
  autoGen,
  bedrock,
  bedrockAgents,
  claudeAgent,
  codex,
  dashScope,
  gradio,
  llamaIndex,
  openaiAgents,
  openaiAssistants,
  pydanticAi,
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
  wrapped,
];
