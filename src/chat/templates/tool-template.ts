import { html, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { toolName, type ToolMessagePart } from '../../message.js';
import { TOOL_SAID_NOTHING } from '../../protocols/parts/error-part.js';
import { seenText } from '../../trust/text-filter.js';
import { readableJson } from '../../element/readable-json.js';
import type { ChatStrings } from '../chat-strings.js';
import { icon } from './icons.js';
import type { MessageContext, MessageState } from './message-context.js';
import { spelledOut } from './spelled-out.js';

/** How much of an input or a result is shown, in characters: the whole of it is in the message, and where the reader is asked. */
const SHOWN = 20_000;

/** A tool call, written anew only when it is another: a result may be long, and words come after it. */
export function renderTool(call: ToolMessagePart, context: MessageContext, state: MessageState): unknown {
  return guard([call, context, state.streams, state.isOpen], () => toolTemplate(call, context, state));
}

/** Folded away, or as the page draws it; what asks the reader is the chat's own, and open. */
function toolTemplate(call: ToolMessagePart, context: MessageContext, state: MessageState): unknown {
  const { strings } = context;
  if (call.state === 'approval-requested') return renderApproval(call, context, state);
  return html`<slot name="tool-${call.toolCallId}"
    ><details part="tool" class="aside" data-state=${call.state}>
      <summary>${icon('tool')}<bdi>${titleOf(call, strings, state.streams)}</bdi></summary>
      ${renderValue(strings.toolInput, call.inputText ?? call.input)}
      ${renderValue(strings.toolOutput, outcomeOf(call))}
    </details></slot
  >`;
}

/** That it failed, and no more, its title says in the reader's language. */
function outcomeOf({ errorText, output }: ToolMessagePart): unknown {
  return errorText === TOOL_SAID_NOTHING ? '' : (errorText ?? output);
}

export function shownName(call: ToolMessagePart): string {
  return seenText(call.title ?? toolName(call));
}

function titleOf(call: ToolMessagePart, strings: ChatStrings, streams: boolean): string {
  const { state, providerExecuted } = call;
  const name = shownName(call);
  // What the provider runs is over with its answer, also where it has not told what came of it.
  const wasRun = state === 'input-available' && providerExecuted && !streams;
  if (wasRun || state === 'output-available') return strings.toolDone(name);
  if (isDenied(call)) return strings.toolDenied(name);
  const wasCutOff = state === 'input-streaming' && !streams;
  return wasCutOff || state === 'output-error' ? strings.toolFailed(name) : strings.toolRunning(name);
}

/** From the reader's word on, whether or not the server has said so too. */
function isDenied({ state, approval }: ToolMessagePart): boolean {
  return state === 'output-denied' || (state === 'approval-responded' && approval?.approved === false);
}

/**
 * The answer can only be sent once the stream that asks has ended, and until another one has come. What cannot be shown
 * whole cannot be allowed.
 */
function renderApproval(
  call: ToolMessagePart,
  { strings, onAction }: MessageContext,
  { streams, isOpen }: MessageState,
): unknown {
  const input = readable(call.input);
  const button = (action: string, label: string, isReadable = true) =>
    html`<button
      type="button"
      class="choice"
      data-action=${action}
      data-id=${call.approval?.id ?? ''}
      ?disabled=${streams || !isOpen || !isReadable}
      @click=${onAction}
    >
      ${label}
    </button>`;
  const name = seenText(toolName(call));
  const title = shownName(call);
  const reason = seenText(call.approval?.requestReason ?? '');
  return html`<section part="tool approval" class="approval" aria-label=${name}>
    <p>${icon('tool')}<bdi>${strings.toolAsks(title)}</bdi>${title === name ? nothing : html`<code>${name}</code>`}</p>
    ${reason === '' ? nothing : html`<p><bdi>${reason}</bdi></p>`} ${renderText(strings.toolInput, input ?? '…')}
    <p class="choices">${button('allow', strings.allow, input !== undefined)}${button('deny', strings.deny)}</p>
  </section>`;
}

function renderValue(label: string, value: unknown): unknown {
  // What is nested too deeply to be written is not nothing.
  const text = readable(value) ?? '…';
  return renderText(label, text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);
}

function renderText(label: string, text: string): unknown {
  if (text === '') return nothing;
  return html`<p class="value-label">${label}</p>
    <pre class="value" dir="ltr" role="group" aria-label=${label} tabindex="0">${spelledOut(text)}</pre>`;
}

/** Undefined where there is something that cannot be written. */
function readable(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : readableJson(value) || undefined;
}
