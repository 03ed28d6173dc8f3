import type { Token, Tokens } from 'marked';

/** The tokens inside a token, where it has any. */
export function childrenOf(token: Token): Token[] | undefined {
  return 'tokens' in token ? (token.tokens as Token[] | undefined) : undefined;
}

/** How much of the source these blocks are. */
export function sourceLength(tokens: readonly Token[]): number {
  return tokens.reduce((sum, token) => sum + token.raw.length, 0);
}

/** The block at the end of the last block, of its last item, and so on inwards. `but`: it is looked for before this one. */
export function deepestLast(tokens: readonly Token[], but?: Token): Token | undefined {
  const last = tokens.at(-1);
  if (!last) return undefined;
  if (last === but || isPassed(last, tokens.at(-2))) return deepestLast(tokens.slice(0, -1), but);
  return deepestLast(lastBlocksIn(last), but) ?? last;
}

function lastBlocksIn(token: Token): Token[] {
  if (token.type === 'list') return (token as Tokens.List).items.at(-1)?.tokens ?? [];
  return token.type === 'blockquote' || token.type === 'footnote' ? (childrenOf(token) ?? []) : [];
}

/** What marked trims off a list, up to the end of its line; and blank lines that do not end the text before them. */
function isPassed({ type, raw }: Token, before: Token | undefined): boolean {
  return type === 'space' && (/^[^\n]*\n?$/.test(raw) || goesOnBehindBlank(before));
}

function goesOnBehindBlank(token: Token | undefined): boolean {
  if (token?.type === 'list') return goesOnBehindBlank((token as Tokens.List).items.at(-1)?.tokens.at(-1));
  return token !== undefined && endsInCode(token);
}

/**
 * Whether this is text whose last line is indented as code is, and was joined to it as such: more of those go on with
 * it, blank lines between them and all.
 */
export function endsInCode(token: Token): boolean {
  if (token.type !== 'text' && token.type !== 'paragraph') return false;
  const raw = token.raw.trimEnd();
  const line = raw.slice(raw.lastIndexOf('\n') + 1);
  return /^(?: {4}| {0,3}\t)/.test(line) && !(token as Tokens.Text).text.trimEnd().endsWith(line);
}

/** The labels that these blocks define, and the blocks in them, as often as they do. */
export function* definedIn(tokens: readonly Token[]): Generator<string> {
  for (const token of tokens) {
    if (token.type === 'def') yield (token as Tokens.Def).tag;
    else if (token.type === 'blockquote' || token.type === 'footnote') yield* definedIn(token.tokens ?? []);
    else if (token.type === 'list') for (const item of (token as Tokens.List).items) yield* definedIn(item.tokens);
  }
}

/** The texts of a tight item become paragraphs when its list turns out to be loose, as marked does it. */
export function loosen(item: Tokens.ListItem): void {
  const [first, second] = item.tokens;
  if (first?.type === 'checkbox' && second) {
    item.tokens.shift();
    childrenOf(second)?.unshift(first);
  }
  loosenTexts(item.tokens);
}

export function loosenTexts(tokens: Token[]): void {
  for (const token of tokens) if (token.type === 'text') token.type = 'paragraph';
}

/** Text as it is written, as a block. Told from all of it, it is not to be read piece by piece. */
export function plainParagraph(source: string): Tokens.Paragraph & { plain: true } {
  return { type: 'paragraph', raw: source, text: source, tokens: [plainText(source)], plain: true };
}

export function plainText(source: string): Tokens.Text {
  // Written like every text of marked, in which a reference stands for its character.
  return { type: 'text', raw: source, text: source.replaceAll('&', '&amp;') };
}
