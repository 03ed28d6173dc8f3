import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import {
  isArtifactPart,
  isImagePart,
  isToolPart,
  textOf,
  type ArtifactMessagePart,
  type DataMessagePart,
  type FileMessagePart,
  type ImageMessagePart,
  type Message,
  type MessagePart,
  type ReasoningMessagePart,
  type SourceMessagePart,
  type TextMessagePart,
} from '../../message.js';
import type { ArtifactStatus } from '../../protocols/stream-part.js';
import { englishStrings } from '../../markdown/markdown-strings.js';
import { followLink } from '../../markdown/reader/follow-link.js';
import { seenText } from '../../trust/text-filter.js';
import { withWords } from '../../element/words.js';
import { icon } from './icons.js';
import { markdownBlock } from './markdown-block.js';
import type { MessageContext, MessageState } from './message-context.js';
import { RUN, type MessageView } from './message-groups.js';
import { renderTool } from './tool-template.js';

/** One message, and what of its state it is shown by. */
export function viewOf(message: Message, context: MessageContext, state: MessageState): MessageView {
  const { streams, isOpen, copied, branches, disabled, editor } = state;
  const by = [message, context, streams, isOpen, copied, branches?.index, branches?.count, disabled, editor];
  return { id: message.id, by, draw: () => messageTemplate(message, context, state) };
}

function messageTemplate(message: Message, context: MessageContext, state: MessageState): TemplateResult {
  const { strings } = context;
  const name = message.role === 'user' ? strings.you : strings.assistant;
  return html`<article
    part="message ${message.role}"
    data-id=${message.id}
    data-role=${message.role}
    aria-label=${name}
  >
    ${state.editor && !state.disabled ? renderEditor(message, context, state) : renderWhole(message, context, state)}
    <slot name="actions-${message.id}"></slot>
  </article>`;
}

function renderWhole(message: Message, context: MessageContext, state: MessageState): unknown {
  return html`${renderParts(message, context, state)} ${renderSources(message.parts.filter(isSource), context)}
  ${state.streams ? nothing : renderActions(message, context, state)}`;
}

/** What was sent with the words stays, and is to be seen. */
function renderEditor(message: Message, context: MessageContext, state: MessageState): unknown {
  const others = message.parts.filter(({ type }) => type !== 'text');
  const { editor, busy } = state.editor!;
  return html`${renderParts({ ...message, parts: others }, context, state)} ${editor.render(message, busy)}`;
}

/**
 * In groups, each of which is made anew only when one of its items is another, or what they depend on: in an answer of
 * thousands of calls or sources, a word costs what stands near it.
 */
function inGroups<Item>(items: readonly Item[], dependencies: unknown[], render: (item: Item) => unknown): unknown[] {
  return [...Array(Math.ceil(items.length / RUN))].map((_, at) => {
    const group = items.slice(at * RUN, (at + 1) * RUN);
    return guard([...dependencies, ...group], () => group.map(render));
  });
}

function renderParts(message: Message, context: MessageContext, state: MessageState): unknown[] {
  const { id, role, parts } = message;
  const groups = inGroups(parts, [id, role, context, state.streams, state.isOpen], (part) =>
    isToolPart(part) ? renderTool(part, context, state) : renderPart(part, message, context),
  );
  // What is behind the first one has a box that can rest. A long list of the reader's own is none that grows.
  return groups.map((group, at) => (at === 0 || role === 'user' ? group : html`<div class="run">${group}</div>`));
}

function renderPart(part: MessagePart, message: Message, context: MessageContext): unknown {
  if (isImagePart(part)) return renderImage(part.data, message, context);
  if (isArtifactPart(part)) return renderArtifact(part, message, context);
  switch (part.type) {
    case 'text':
      return renderText(part as TextMessagePart, message, context);
    case 'reasoning':
      return renderReasoning(part as ReasoningMessagePart, context);
    case 'file':
      return renderFile(part as FileMessagePart, message, context);
    default:
      return renderData(part as DataMessagePart);
  }
}

/** The page's own values are the page's to draw, where they stand. */
function renderData({ type, id }: DataMessagePart): unknown {
  return type.startsWith('data-') && id !== undefined ? html`<slot name="${type}-${id}"></slot>` : nothing;
}

/** What the reader wrote is shown as it was written; only a model's text is markdown. */
function renderText(part: TextMessagePart, { role }: Message, { markdown }: MessageContext): unknown {
  if (part.text === '') return nothing;
  if (role === 'user') return html`<p part="text" class="plain" dir="auto">${part.text}</p>`;
  return html`<div
    part="text"
    class="markdown"
    ${markdownBlock(part.text, part.state === 'streaming', markdown)}
  ></div>`;
}

function renderReasoning(part: ReasoningMessagePart, { strings, markdown }: MessageContext): unknown {
  if (part.text === '') return nothing;
  const streaming = part.state === 'streaming';
  return html`<details part="reasoning" class="aside">
    <summary>${icon('thought')}<span>${streaming ? strings.thinking : strings.thought}</span></summary>
    <div class="markdown" ${markdownBlock(part.text, streaming, markdown)}></div>
  </details>`;
}

function renderFile(part: FileMessagePart, message: Message, context: MessageContext): unknown {
  if (part.mediaType.startsWith('image/')) return renderImage({ ...part, alt: part.filename ?? '' }, message, context);
  const url = context.policy.link(part.url);
  const name = seenText(part.filename ?? '') || context.strings.attachment;
  if (url === null) return html`<p part="file" class="plain">${name}</p>`;
  return html`<p part="file">${renderLink(url, name, context, true)}</p>`;
}

/** An address that came with the answer is followed under the rules of those in its text. */
function renderLink(url: string, label: string, { policy, markdown }: MessageContext, isName = false): unknown {
  const strings = withWords(englishStrings, markdown.strings);
  const follow = (event: MouseEvent) =>
    followLink(event.currentTarget as HTMLAnchorElement, event, { policy, strings, isName });
  if (policy.leaves(url)) return guardedLink(url, label, follow);
  return html`<a href=${url} target="_blank" rel="noopener noreferrer nofollow ugc" @click=${follow} @auxclick=${follow}
    >${label}</a
  >`;
}

/** As in text: a link that leads away has no address of its own, which a menu would follow past the step that shows it. */
function guardedLink(url: string, label: string, follow: (event: MouseEvent) => void): unknown {
  return html`<a role="link" tabindex="0" data-url=${url} @click=${follow} @auxclick=${follow} @keydown=${pressOnEnter}
    >${label}</a
  >`;
}

function pressOnEnter(event: KeyboardEvent): void {
  if (event.key !== 'Enter') return;
  // The rest of the press would go to the dialog that it opens, whose first button closes it.
  event.preventDefault();
  (event.currentTarget as HTMLElement).click();
}

/** `<ai-image>` by its tag name: the picture is its own element, with or without a chat around it. */
function renderImage(image: ImageMessagePart['data'], { id }: Message, { strings }: MessageContext): unknown {
  const { url, alt, expiresAt, mediaType, width, height, partialIndex } = image;
  return html`<ai-image
    part="image"
    group=${id}
    src=${url}
    alt=${alt === undefined ? nothing : seenText(alt)}
    expires-at=${expiresAt ?? nothing}
    media-type=${mediaType ?? nothing}
    width=${width ?? nothing}
    height=${height ?? nothing}
    partial-index=${partialIndex ?? nothing}
    .strings=${strings.images}
  ></ai-image>`;
}

function renderArtifact(
  { id, data }: ArtifactMessagePart,
  message: Message,
  { strings, onAction }: MessageContext,
): unknown {
  const title = seenText(data.title ?? '') || strings.untitled;
  const kind = seenText(data.language ?? data.kind);
  return html`<button
    part="artifact"
    class="card"
    type="button"
    data-action="artifact"
    data-id=${id}
    data-message=${message.id}
    @click=${onAction}
  >
    ${icon('artifact')}
    <span class="card-text">
      <span class="card-title"><bdi>${title}</bdi></span>
      <span class="card-note">${artifactNote(data.status, kind, strings)}</span>
    </span>
  </button>`;
}

function artifactNote(status: ArtifactStatus, kind: string, strings: MessageContext['strings']): string {
  if (status === 'streaming') return strings.writingArtifact(kind);
  return status === 'complete' ? kind : strings.incompleteArtifact(kind);
}

function isSource(part: MessagePart): part is SourceMessagePart {
  return part.type === 'source-url' || part.type === 'source-document';
}

function renderSources(sources: SourceMessagePart[], context: MessageContext): unknown {
  if (sources.length === 0) return nothing;
  return html`<nav part="sources" class="sources" aria-label=${context.strings.sources}>
    <ol>
      ${inGroups(sources, [context], (source) => html`<li dir="auto">${renderSource(source, context)}</li>`)}
    </ol>
  </nav>`;
}

function renderSource(source: SourceMessagePart, context: MessageContext): unknown {
  const url = source.type === 'source-url' ? context.policy.link(source.url) : null;
  const title = source.title || (source.type === 'source-url' ? source.url : (source.filename ?? source.mediaType));
  return url === null ? seenText(title) : renderLink(url, seenText(title), context);
}

function renderActions(message: Message, context: MessageContext, state: MessageState): unknown {
  const { copied, branches, disabled } = state;
  const { strings, onAction } = context;
  const button = (action: string, label: string, shape = action) =>
    html`<button
      type="button"
      class="action"
      part="action"
      data-action=${action}
      data-id=${message.id}
      title=${label}
      @click=${onAction}
    >
      ${icon(shape)}<span class="visually-hidden">${label}</span>
    </button>`;
  const copy = copied === 'copied' ? button('copy', strings.copied, 'copied') : button('copy', strings.copy);
  return html`<div part="actions" class="actions">
    ${textOf(message) === '' ? nothing : copy}
    ${message.role === 'user' && !disabled ? button('edit', strings.edit) : nothing}
    ${message.role === 'assistant' ? button('regenerate', strings.regenerate) : nothing}
    ${branches?.picker.render(message, branches)}
    ${copied === 'refused' ? html`<bdi class="note">${strings.notCopied}</bdi>` : nothing}
  </div>`;
}
