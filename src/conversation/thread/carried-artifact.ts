import { isArtifactPart, type Artifact, type ArtifactMessagePart, type Message } from '../../message.js';
import type { ArtifactPart, StreamPart } from '../../protocols/stream-part.js';
import { pushPart } from '../reduce/message-parts.js';
import type { Run } from '../run.js';

const CHANGING = new Set<StreamPart['type']>(['artifact-patch', 'artifact-replace', 'artifact-delta']);

/**
 * The message that a part is added to. Where the part changes an artifact that only an earlier message has, the change
 * goes on from there: a new version of the artifact, in this message, with what the part does not say of it.
 */
export function withCarriedArtifact(message: Message, thread: readonly Message[], part: StreamPart): Message {
  if (!CHANGING.has(part.type)) return message;
  const { id } = part as ArtifactPart;
  if (artifactIn(message, id)) return message;
  const earlier = thread.findLast((one) => artifactIn(one, id));
  const carried = earlier && artifactIn(earlier, id);
  return carried ? pushPart(message, { ...carried, data: { ...carried.data, status: 'streaming' } }) : message;
}

/** What an answer may change: the artifacts of the thread, and those that the answer goes on from, but not its own of before. */
export function earlierArtifacts(thread: readonly Message[], { standing, begun }: Run): Artifact[] {
  const before = thread.filter((message) => message !== standing && message !== begun);
  return [...before, begun].flatMap(({ parts }) => parts.filter(isArtifactPart).map(({ data }) => data));
}

function artifactIn({ parts }: Message, id: string) {
  return parts.findLast((part): part is ArtifactMessagePart => isArtifactPart(part) && part.id === id);
}
