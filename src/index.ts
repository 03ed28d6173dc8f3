/** Registers every element, and gives every class, event and type. */
export { AiArtifactPanel } from './define/ai-artifact-panel.js';
export { registerKind, setMermaidSource, type ArtifactKind, type ArtifactView } from './artifact/ai-artifact-panel.js';
export { AiImage } from './define/ai-image.js';
export { AiMarkdown } from './define/ai-markdown.js';
export type { ConstructInfo, Drawn, MarkdownPlugin, SpanContext, SpanSyntax } from './markdown/plugin.js';
export type { Directives } from './markdown/markdown-renderer.js';
export { AiStreamChat } from './define/ai-stream-chat.js';
export { AiStreamInspector } from './define/ai-stream-inspector.js';
export { UrlPolicy, type ImageDecision, type UrlPolicyInit } from './url-policy.js';
export * from './street.js';
export { detectProtocol, type Evidence } from './protocols/detect-protocol.js';
export { reduceMessage, settleMessage } from './conversation/reduce-message.js';
export { protocols } from './protocols/registry.js';
