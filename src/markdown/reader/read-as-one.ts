/** What may be part of an address. */
const AT_END = /[\p{L}\p{N}\-.:/@\u3002]+$/u;
const AT_BEGINNING = /^[\p{L}\p{N}\-.:/@\u3002]+/u;

/** A name is no longer. https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4 */
const LONGEST_HOST = 255;

/** A link's text, with what stands at its sides such that a reader reads on: two links can share the name of a host. */
export function readAsOne(link: HTMLAnchorElement): string {
  let text = link.textContent ?? '';
  // A picture that asks names its own host.
  for (const { textContent } of link.querySelectorAll('button')) text = text.replace(textContent ?? '', ' ');
  const block = link.closest(':not(a, em, strong, del, code, kbd, sub, sup, span)');
  if (!block) return text;
  const around = new Range();
  around.selectNodeContents(block);
  around.setEndBefore(link);
  const before = AT_BEGINNING.test(text) ? AT_END.exec(around.toString().slice(-LONGEST_HOST)) : null;
  around.selectNodeContents(block);
  around.setStartAfter(link);
  const after = AT_END.test(text.slice(-1)) ? AT_BEGINNING.exec(around.toString()) : null;
  return `${before ?? ''}${text}${after ?? ''}`;
}
