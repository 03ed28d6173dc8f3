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

/** Names each thing in the tree that could act, load or deceive; nothing where the tree is harmless. */
export function findings(root: ParentNode): string[] {
  const found: string[] = [];
  for (const element of root.querySelectorAll('*')) {
    const tag = element.localName;
    if (!isOurs(element) && (ACTIVE_TAGS.has(tag) || tag === 'button' || tag.includes('-')))
      found.push(`active-tag ${tag}`);
    for (const { name, value } of element.attributes) inspect(tag, name, value, found);
  }
  return found;
}

function inspect(tag: string, name: string, value: string, found: string[]): void {
  if (ATTRIBUTE.test(name)) found.push(`attribute ${name}`);
  if ((name === 'href' || name === 'src') && !LIVE.test(value)) found.push(`address ${value}`);
  if (name === 'href' && tag !== 'a') found.push(`href on ${tag}`);
  if (name === 'rel' && !/^noopener noreferrer nofollow ugc$/.test(value)) found.push(`rel ${value}`);
}

/** The buttons and boxes that the renderer adds, and the boxes of a task list. */
function isOurs(element: Element): boolean {
  if (element.localName === 'input') return element.matches('input[type=checkbox][disabled]');
  return element.localName === 'button' && element.matches('.image-ask, [data-chrome] button');
}

export function addresses(root: ParentNode, name: 'href' | 'src'): string[] {
  return [...root.querySelectorAll(`[${name}]`)].map((element) => element.getAttribute(name)!);
}
