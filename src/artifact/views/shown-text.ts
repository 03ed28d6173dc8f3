/** What nobody sees in code or data, but the tags of a flag, and what turns its order around. https://trojansource.codes */
const HIDDEN =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000E-\u001F\u007F-\u009F\u00AD\u061C\u115F\u1160\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u3164\uFFA0\uFFF9-\uFFFB]|(?<=[^])\uFEFF|(?<!\uD83C\uDFF4(?:\uDB40[\uDC30-\uDC39\uDC61-\uDC7A]){0,6})[\uDB40-\uDB43][\uDC00-\uDFFF]?/g;

/** Text as it may be shown to be read: what hides in it is seen. It keeps its length, so that places in it are the source's. */
export function shownText(text: string): string {
  return text.replace(HIDDEN, (hidden) => '\uFFFD'.repeat(hidden.length));
}
