import { html, nothing } from 'lit';
import { toolName, type ToolMessagePart } from '../message.js';
import type { ChatStrings } from './chat-strings.js';
import { icon } from './icons.js';
import type { MessageContext } from './message-template.js';

/** How much of an input or a result is shown, in characters. The whole of it is in the message. */
const SHOWN = 20_000;

/** A tool call: folded away, except where it asks the reader. */
export function renderTool(call: ToolMessagePart, context: MessageContext): unknown {
  const { strings } = context;
  if (call.state === 'approval-requested') return renderApproval(call, context);
  return html`<details part="tool" class="aside" data-state=${call.state}>
    <summary>${icon('tool')}<span>${titleOf(call, strings)}</span></summary>
    ${renderValue(strings.toolInput, call.inputText ?? call.input)}
    ${renderValue(strings.toolOutput, call.errorText ?? call.output)}
  </details>`;
}

function titleOf(call: ToolMessagePart, strings: ChatStrings): string {
  const name = call.title ?? toolName(call);
  if (call.state === 'output-available') return strings.toolDone(name);
  return call.state === 'output-error' || call.state === 'output-denied'
    ? strings.toolFailed(name)
    : strings.toolRunning(name);
}

function renderApproval(call: ToolMessagePart, { strings, onAction }: MessageContext): unknown {
  const button = (action: string, label: string) =>
    html`<button
      type="button"
      class="choice"
      data-action=${action}
      data-id=${call.approval?.id ?? ''}
      @click=${onAction}
    >
      ${label}
    </button>`;
  return html`<section part="tool approval" class="approval" aria-label=${toolName(call)}>
    <p>${icon('tool')}<span>${strings.toolAsks(call.title ?? toolName(call))}</span></p>
    ${call.approval?.reason ? html`<p dir="auto">${call.approval.reason}</p>` : nothing}
    ${renderValue(strings.toolInput, call.input)}
    <p class="choices">${button('allow', strings.allow)}${button('deny', strings.deny)}</p>
  </section>`;
}

function renderValue(label: string, value: unknown): unknown {
  if (value === undefined || value === null || value === '') return nothing;
  return html`<p class="value-label">${label}</p>
    <pre class="value" dir="ltr" tabindex="0">${readable(value)}</pre>`;
}

function readable(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '');
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
