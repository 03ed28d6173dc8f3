import { isArtifactPart, type Message } from '../message.js';
import type { StreamPart } from '../protocols/stream-part.js';
import { pushPart } from './message-parts.js';

/**
 * The message that a part is added to. Where the part changes a passage of an artifact that only an earlier message has,
 * the change goes on from there: a new version of the artifact, in this message.
 */
export function withCarriedArtifact(message: Message, thread: readonly Message[], part: StreamPart): Message {
  if (part.type !== 'artifact-patch' || artifactIn(message, part.id)) return message;
  const earlier = thread.findLast((one) => artifactIn(one, part.id));
  const carried = earlier && artifactIn(earlier, part.id);
  return carried ? pushPart(message, { ...carried, data: { ...carried.data, status: 'streaming' } }) : message;
}

function artifactIn({ parts }: Message, id: string) {
  return parts.filter(isArtifactPart).findLast((part) => part.id === id);
}
