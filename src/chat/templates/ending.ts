import { isEmpty } from '../../conversation/thread/place-answer.js';
import { isAllowedHere } from '../../conversation/thread/tool-answers.js';
import { isToolPart, type Message, type ToolMessagePart } from '../../message.js';
import type { ChatStrings } from '../chat-strings.js';
import { shownName } from './tool-template.js';

/** What the reader is told of an answer that has ended otherwise than by itself; undefined where there is nothing to tell. */
export function endingOf(message: Message | undefined, { endings }: ChatStrings): string | undefined {
  const reason = message?.role === 'assistant' ? message.metadata?.finishReason : undefined;
  if (!message || reason === undefined) return undefined;
  if (reason === 'length' || reason === 'content-filter' || reason === 'error') return endings[reason];
  return isEmpty(message) ? endings.empty : undefined;
}

/** What an answer waits for before it can go on: the reader's word, or a tool on the page. */
export function pendingOf({ parts }: Message, words: ChatStrings): string | undefined {
  const calls = parts.filter(isToolPart);
  const asking = calls.find(({ state }) => state === 'approval-requested');
  if (asking) return words.toolAsks(shownName(asking));
  const running = calls.find(runsHere);
  return running && words.toolRunning(shownName(running));
}

function runsHere(call: ToolMessagePart): boolean {
  return isAllowedHere(call) || (call.state === 'input-available' && !call.providerExecuted);
}
