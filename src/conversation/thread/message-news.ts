import { AiArtifactEndEvent, AiArtifactStartEvent, AiImageEvent, AiToolCallEvent } from '../../events.js';
import type { StreamPart } from '../../protocols/stream-part.js';
import { isArtifactPart, type Message } from '../../message.js';

/** The events that a change of a message is worth: an artifact that began or ended, a picture, a tool call. */
export function newsOf(before: Message, message: Message, part: StreamPart | undefined): Event[] {
  if (part?.type === 'image') return [new AiImageEvent({ image: part, message })];
  if (part?.type === 'tool-input-available') return [new AiToolCallEvent({ toolCall: part, message })];
  const started = startedBy(before, message);
  return part === undefined || ENDING.has(part.type) ? [...started, ...endedSince(before, message)] : started;
}

/** Parts that may end an artifact. To look for one costs the length of the message, which may be of ten thousand parts. */
const ENDING = new Set<StreamPart['type']>(['artifact-end', 'data-artifact', 'finish', 'abort']);

/** Only the last part of a message can be new. */
function startedBy(before: Message, message: Message): Event[] {
  const last = message.parts.at(-1);
  if (message.parts.length <= before.parts.length || !last || !isArtifactPart(last)) return [];
  return [new AiArtifactStartEvent({ artifact: last.data, message })];
}

function endedSince(before: Message, message: Message): Event[] {
  return message.parts.flatMap((part, index) => {
    if (!isArtifactPart(part) || part.data.status === 'streaming') return [];
    const old = before.parts[index];
    // One that comes whole begins and ends at once.
    const isNews = old === undefined || (isArtifactPart(old) && old.data.status === 'streaming');
    return isNews ? [new AiArtifactEndEvent({ artifact: part.data, message })] : [];
  });
}
