/** What must not be found in rendered text, written down without a look at how the renderer keeps it out. */
const ACTIVE_TAGS = new Set(
  (
    'applet area audio base bgsound canvas command datalist dialog embed fencedframe fieldset form frame frameset iframe ' +
    'input isindex keygen layer link listing map marquee math meta meter noembed noframes noscript object optgroup option ' +
    'output picture plaintext portal progress script select slot source style svg template textarea title track video xmp'
  ).split(' '),
);
const ATTRIBUTE =
  /^(?:on.*|style|id|name|slot|is|srcset|srcdoc|background|ping|action|formaction|poster|data|form|for|popover.*|autofocus|contenteditable|draggable|download|inert|accesskey|usemap|cite|xlink:.*|attributionsrc|manifest|dynsrc|lowsrc|autoplay)$/;
const LIVE = /^(?:https?:|mailto:)/;
/** Controls, overrides of the reading direction, tags outside of a flag, what is drawn by no font. */
const UNSEEN =
  // eslint-disable-next-line no-control-regex, no-misleading-character-class
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u061C\u115F\u1160\u180E\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\u{1BCA0}-\u{1BCA3}\u{1D173}-\u{1D17A}\u{E0080}-\u{E00FF}\u{E01F0}-\u{E0FFF}]|(?<!\u{1F3F4}[\u{E0030}-\u{E007A}]{0,6})[\u{E0000}-\u{E007F}]|[\w\s\p{M}](?![#*\d])[\u{E0100}-\u{E01EF}]|[a-z ][\uFE00-\uFE0F]|[\u200B-\u200F]{3}/iu;

/** Names each thing in the tree that could act, load or deceive; nothing where the tree is harmless. */
export function findings(root: ParentNode): string[] {
  const found: string[] = [];
  for (const element of root.querySelectorAll('*')) {
    const tag = element.localName;
    if (!isOurs(element) && (ACTIVE_TAGS.has(tag) || tag === 'button' || tag.includes('-')))
      found.push(`active-tag ${tag}`);
    for (const name of element.getAttributeNames()) {
      inspect(tag, name, element.getAttribute(name)!, found);
      if (!isKnown(element, name)) found.push(`forged ${tag} ${name}`);
    }
    const text = ownTextOf(element);
    if (isUnseen(text)) found.push(`unseen in ${tag} ${escape(text)}`);
  }
  return found;
}

function ownTextOf({ firstChild }: Element): string {
  let text = '';
  for (let node = firstChild; node; node = node.nextSibling) if (node instanceof Text) text += node.data;
  return text;
}

/** Elements are asked at each prefix of a text, and most have only what every keyboard has. */
function isUnseen(text: string): boolean {
  return /[^\t\n -~]/.test(text) && UNSEEN.test(text);
}

function inspect(tag: string, name: string, value: string, found: string[]): void {
  if (ATTRIBUTE.test(name)) found.push(`attribute ${name}`);
  if (isUnseen(value)) found.push(`unseen in ${name} ${escape(value)}`);
  if ((name === 'href' || name === 'src') && !LIVE.test(value)) found.push(`address ${value}`);
  if (name === 'href' && tag !== 'a') found.push(`href on ${tag}`);
  if (name === 'rel' && !/^noopener noreferrer nofollow ugc$/.test(value)) found.push(`rel ${value}`);
}

/** Classes of the renderer, by the elements that it gives them to. */
const CLASSES: Record<string, RegExp> = {
  div: /^(?:code-block|code-bar|table-block|table-bar|table-scroll|pending|construct (?:block|fence))$/,
  span: /^(?:lines|image-refused|construct span|footnote-back)$/,
  sup: /^footnote-reference$/,
  section: /^footnotes$/,
  code: /^language-\S{1,40}$/,
  blockquote: /^alert$/,
  button: /^image-ask$/,
  li: /^task$/,
};
const NOTES = '.footnote-reference > a, .footnote-back > a, section.footnotes';
const OWN_BOX = '.code-block, .code-bar, .table-block, .table-bar';
/** What the renderer's own elements have beside what a model may write, and which these are. */
const OWN: [names: RegExp, where: string][] = [
  [/^part$/, `${OWN_BOX}, button.image-ask, [data-chrome] > button`],
  [/^role$/, `pre, .table-scroll, blockquote.alert, a[data-url], ${NOTES}`],
  [/^tabindex$/, `pre, table, .table-scroll, a[data-url], ${NOTES}, .footnotes > ol > li`],
  [
    /^aria-label$/,
    `pre, table, .table-scroll, blockquote.alert, [data-chrome] > button, input[type=checkbox], ${NOTES}`,
  ],
  [/^aria-hidden$/, '.pending'],
  [/^data-unspaced$/, '.table-scroll th, .table-scroll td'],
  [/^data-footnote$/, '.footnote-reference, .footnotes > ol > li'],
  [/^data-back$/, '.footnote-back > a'],
  [/^data-markdown$/, '.footnote-reference, .construct'],
  [/^data-caret$/, '[data-streaming] *'],
  [/^data-(?:construct|state)$/, '.construct'],
  [/^aria-pressed$|^data-action$|^type$/, '[data-chrome] > button, button.image-ask, input[type=checkbox]'],
  [/^checked$|^disabled$/, 'input[type=checkbox]'],
  [/^data-chrome$/, '.code-bar, .table-bar, .footnote-back'],
  [/^data-language$/, '.code-block, .code-bar'],
  [/^data-lines$/, '.code-block code, .code-block .lines'],
  [/^data-(?:alert|title)$/, 'blockquote.alert'],
  [/^data-digits$/, 'ol[start]'],
  [/^data-url$/, 'a:not([href]), button.image-ask'],
  [/^data-alt$/, 'button.image-ask'],
  [/^data-failed$/, 'img'],
  [/^href$|^rel$|^target$/, 'a'],
  [/^(?:src|alt|loading|decoding|referrerpolicy)$/, 'img'],
  [/^(?:align|dir|open|reversed|start|title)$/, '*'],
];

/** Whether the renderer gives such an attribute to such an element: a model must not be able to forge what is ours. */
function isKnown(element: Element, name: string): boolean {
  if (name === 'class') return CLASSES[element.localName]?.test(element.className) ?? false;
  return OWN.some(([names, where]) => names.test(name) && element.matches(where));
}

/** The buttons and boxes that the renderer adds, and the boxes of a task list. */
function isOurs(element: Element): boolean {
  if (element.localName === 'input') return element.matches('input[type=checkbox][disabled]');
  return element.localName === 'button' && element.matches('.image-ask, [data-chrome] button');
}

export function addresses(root: ParentNode, name: 'href' | 'src'): string[] {
  return [...root.querySelectorAll(`[${name}]`)].map((element) => element.getAttribute(name)!);
}

/** As one can read it in a report. */
function escape(text: string): string {
  return text.replace(/[^ -~]/gu, (char) => `U+${char.codePointAt(0)!.toString(16)} `).slice(0, 100);
}
