import { isArtifactPart, type Artifact, type Message } from '../message.js';
import type { StreamPart } from '../protocols/stream-part.js';
import { pushPart } from './message-parts.js';
import type { Run } from './run.js';

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

/** What an answer may change: the artifacts of the thread, and those that the answer goes on from, but not its own of before. */
export function earlierArtifacts(thread: readonly Message[], { standing, begun }: Run): Artifact[] {
  const before = thread.filter((message) => message !== standing && message !== begun);
  return [...before, begun].flatMap(({ parts }) => parts.filter(isArtifactPart).map(({ data }) => data));
}

function artifactIn({ parts }: Message, id: string) {
  return parts.filter(isArtifactPart).findLast((part) => part.id === id);
}
