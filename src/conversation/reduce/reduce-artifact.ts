import type { ArtifactEdit, ArtifactPart, ArtifactStatus, ImagePart } from '../../protocols/stream-part.js';
import {
  isArtifactPart,
  type Artifact,
  type ArtifactMessagePart,
  type ImageMessagePart,
  type Message,
} from '../../message.js';
import { mapParts, pushPart, replacePart } from './message-parts.js';

/** Artifacts as parts of the message that made them. Only the latest one of an id takes changes. */
export function reduceArtifact(message: Message, part: ArtifactPart): Message {
  if (part.type === 'artifact-start') return pushPart(message, artifactPart(startedArtifact(part)));
  const index = message.parts.findLastIndex((one) => isArtifactPart(one) && one.id === part.id);
  if (index < 0) {
    // Content for what was never announced: shown as code rather than lost. An end of nothing is nothing.
    return part.type === 'artifact-end'
      ? message
      : pushPart(message, artifactPart(changed(unannounced(part.id), part)));
  }
  const { data } = message.parts[index] as ArtifactMessagePart;
  return replacePart(message, index, artifactPart(changed(data, part)));
}

export function reduceImage(message: Message, { type: _, id, ...image }: ImagePart): Message {
  const index = message.parts.findLastIndex((one) => one.type === 'data-image' && (one as ImageMessagePart).id === id);
  if (index < 0) return pushPart(message, { type: 'data-image', id, data: image });
  const { data } = message.parts[index] as ImageMessagePart;
  // Size and alternative text may have come with the first frame alone; a partial index and an expiry belong to theirs.
  const { alt, width, height, mediaType } = data;
  const kept = Object.fromEntries(
    Object.entries({ alt, width, height, mediaType }).filter(([, value]) => value !== undefined),
  );
  return replacePart(message, index, { type: 'data-image', id, data: { ...kept, ...image } });
}

export function settleArtifacts(message: Message, status: ArtifactStatus): Message {
  return mapParts(message, (part) =>
    isArtifactPart(part) && part.data.status === 'streaming' ? artifactPart({ ...part.data, status }) : part,
  );
}

function artifactPart(data: Artifact): ArtifactMessagePart {
  return { type: 'data-artifact', id: data.id, data };
}

function startedArtifact({ type: _, ...fields }: Extract<ArtifactPart, { type: 'artifact-start' }>): Artifact {
  return { ...fields, content: '', status: 'streaming' };
}

function unannounced(id: string): Artifact {
  return { id, kind: 'code', content: '', status: 'streaming' };
}

function changed(artifact: Artifact, part: Exclude<ArtifactPart, { type: 'artifact-start' }>): Artifact {
  switch (part.type) {
    case 'artifact-delta':
      return { ...artifact, content: artifact.content + part.delta };
    case 'artifact-replace':
      return { ...artifact, content: part.content };
    case 'artifact-patch':
      return { ...artifact, content: part.edits.reduce(applyEdit, artifact.content) };
    case 'artifact-end':
      return { ...artifact, status: part.status ?? 'complete' };
  }
}

/** An edit whose text is not there changes nothing; offsets beyond the text are those of its ends. */
function applyEdit(content: string, edit: ArtifactEdit): string {
  if ('from' in edit)
    return content.substring(0, edit.from) + edit.replace + content.substring(Math.max(edit.from, edit.to));
  const at = edit.find === '' ? -1 : content.indexOf(edit.find);
  return at < 0 ? content : content.slice(0, at) + edit.replace + content.slice(at + edit.find.length);
}
