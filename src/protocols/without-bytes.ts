/** The address of a picture that is all in it, in markdown; be it cut off at the end of the text. */
const BYTES = /(?<=\]\()data:image\/[^\s()<>]+(?=[)\s]|$)/gi;

/** Markdown for whoever has no use for a million characters that are a picture: a model, and who has the text read out. */
export function withoutBytes(markdown: string): string {
  return markdown.replace(BYTES, '');
}
