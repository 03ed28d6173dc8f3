import {
  isArtifactPart,
  isImagePart,
  isToolPart,
  readParts,
  reduceMessage,
  toolName,
  type Message,
  type ReadPartsOptions,
  type StreamPart,
} from '../../src/core.js';

export interface Read {
  parts: StreamPart[];
  message: Message;
  error: any;
}

/** Everything that a response gives: its parts, the message that they make, and how it failed if it did. */
export async function readMessage(response: Response, options?: ReadPartsOptions): Promise<Read> {
  const parts: StreamPart[] = [];
  let message: Message = { id: 'm', role: 'assistant', parts: [] };
  try {
    for await (const part of readParts(response, options)) {
      parts.push(part);
      message = reduceMessage(message, part);
    }
    return { parts, message, error: undefined };
  } catch (error) {
    return { parts, message, error };
  }
}

export function textsOf(message: Message, type: 'text' | 'reasoning'): string {
  return message.parts.map((part) => (part.type === type ? (part as { text: string }).text : '')).join('');
}

/** What a message comes to, without ids, states and the way it was cut into parts. */
export function gistOf(message: Message) {
  const artifact = message.parts.find(isArtifactPart)?.data;
  const image = message.parts.find(isImagePart)?.data;
  return {
    text: textsOf(message, 'text'),
    reasoning: textsOf(message, 'reasoning'),
    tools: message.parts.filter(isToolPart).map((part) => ({ name: toolName(part), input: part.input })),
    artifact,
    image,
    finishReason: message.metadata?.finishReason,
  };
}
