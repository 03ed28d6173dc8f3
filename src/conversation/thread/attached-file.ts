import type { FileMessagePart } from '../../message.js';

/** How many bytes become text at once: each is an argument of a call. */
const SLICE = 0x8000;

/** A file of the reader's, as it is sent and kept: with its content in its address. */
export async function attachedFile(file: Blob): Promise<FileMessagePart> {
  const mediaType = file.type || 'application/octet-stream';
  const url = `data:${mediaType};base64,${base64(new Uint8Array(await file.arrayBuffer()))}`;
  const filename = (file as Partial<File>).name;
  return { type: 'file', mediaType, url, ...(filename !== undefined && { filename }) };
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += SLICE) text += String.fromCharCode(...bytes.subarray(at, at + SLICE));
  return btoa(text);
}
