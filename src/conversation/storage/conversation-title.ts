import { textOf, type FileMessagePart, type Message } from '../../message.js';

/** Characters. What is beyond is cut off, with an ellipsis. */
const MAX_TITLE = 80;

/** How a list calls a conversation: its first question, or a file that came with it, else what is being written. */
export function titleOf(messages: readonly Message[], draft: string): string {
  const question = messages.find(({ role }) => role === 'user');
  const words = question ? textOf(question).trim() || fileNameOf(question) : draft;
  const title = words
    .trimStart()
    .slice(0, 4 * MAX_TITLE)
    .replace(/\s+/g, ' ')
    .trim();
  return title.length > MAX_TITLE ? `${title.slice(0, MAX_TITLE).replace(/[\uD800-\uDBFF]$|\s+$/, '')}…` : title;
}

function fileNameOf({ parts }: Message): string {
  return parts.find((part): part is FileMessagePart => part.type === 'file')?.filename ?? '';
}
