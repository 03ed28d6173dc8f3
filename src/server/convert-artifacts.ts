import { isArtifactPart, type Artifact, type MessagePart, type TextMessagePart } from '../message.js';
import { artifactText } from '../protocols/requests/answer-steps.js';

/**
 * The messages of a request with their artifacts as text, as `<antArtifact>`, so that the model knows what it wrote and
 * can change it: the AI SDK's `convertToModelMessages` leaves data parts out. What else they hold stays as it is.
 */
export function convertArtifactsToText<One extends { parts: readonly { type: string }[] }>(
  messages: readonly One[],
): One[] {
  return messages.map((message) => ({ ...message, parts: message.parts.map(asText) }));
}

function asText(part: { type: string }): { type: string } {
  const own = part as MessagePart;
  return isArtifactPart(own) ? written(own.data) : part;
}

function written(artifact: Artifact): TextMessagePart {
  return { type: 'text', text: artifactText(artifact) };
}
