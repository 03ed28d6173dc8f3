import { Lexer } from 'marked';
import type { MarkedOptions, Token, Tokens, TokensList } from 'marked';
import { holdOpenAddresses, PENDING_ADDRESS } from './bare-address.js';
import { BlockTokenizer } from './block-tokenizer.js';
import { DataPictures } from './data-pictures.js';
import { isCostly } from './inline-budget.js';
import { LabelUses, type Links } from './label-uses.js';
import { completeInline, openAddressAt, openTagAt, PARTIAL_ENTITY } from './pending-inline.js';
import type { Expected, OpenLeaf } from './pending-inline.js';
import { scanRawHtml } from './raw-html.js';
import type { Syntax } from './syntax.js';
import { childrenOf, deepestLast, definedIn, plainParagraph, plainText } from './tokens.js';

export interface LexRequest {
  source: string;
  /** False inside a list item, where marked writes lines as `text` tokens and not as paragraphs. */
  top: boolean;
  /** The definitions that are settled. */
  links: Links;
  /** How often labels were used before this source. */
  uses: LabelUses;
  /** What is read beside marked's own markdown. */
  syntax: Syntax;
  /** False where the source may go on: its last leaf is then completed for showing. */
  final: boolean;
  /** How many quotes and lists stand around this source. */
  depth: number;
  /** The type of the block right before this source. */
  before?: string | undefined;
  /** A tag before this source may still be open. */
  inTag?: boolean;
}

export interface LexResult {
  tokens: Token[];
  /** The settled definitions and those found in this source. */
  links: Links;
  /** A block before the end looked like one that is still to be finished: nothing of this is certain. */
  undecided: boolean;
  /** Something in it was too costly or too strange to read, and stays text. */
  simplified: boolean;
}

const tokenizer = new BlockTokenizer();

const extensions: MarkedOptions['extensions'] = {
  renderers: {},
  childTokens: {},
  block: [(source) => tokenizer.ownBlock(source) as Tokens.Generic | undefined],
  // The source comes without its first character. To put one there would copy all of it for each paragraph.
  startBlock: [(source) => (tokenizer.lexer.state.top ? tokenizer.ownStart(source) : -1)],
  inline: [readOwnInline],
  startInline: [(source) => tokenizer.syntax.findInline(source)],
};
const options: MarkedOptions = { gfm: true, tokenizer, extensions };
/** What stands between marks of the host's is no emphasis. It costs a scan, so that it is asked for only where there are some. */
const maskingOptions = {
  ...options,
  hooks: { emStrongMask: (masked: string) => tokenizer.syntax.maskSpans(masked) },
} as unknown as MarkedOptions;

/** What the lexer reads as inline text now: a text, or what stands between two delimiters of it. */
let inlineRun = '';

class RunLexer extends Lexer {
  override blockTokens(source: string, tokens: Token[] = [], clipped?: boolean): TokensList {
    const outer = tokenizer.enter();
    try {
      return super.blockTokens(source, tokens, clipped) as TokensList;
    } finally {
      tokenizer.notUnderlined = outer;
    }
  }

  override inlineTokens(source: string, tokens: Token[] = []): Token[] {
    const outer = inlineRun;
    inlineRun = source;
    try {
      return super.inlineTokens(source, tokens);
    } finally {
      inlineRun = outer;
    }
  }
}

function readOwnInline(source: string): Tokens.Generic | undefined {
  const reading = tokenizer.syntax.readInline(source, inlineRun.charAt(inlineRun.length - source.length - 1), true);
  return reading === 'open' ? undefined : (reading as Tokens.Generic | undefined);
}

export function createLinks(): Links {
  return Object.create(null) as Links;
}

/** One run of marked: blocks, then the inline text of each. Definitions that are complete are added to `links`. */
export function lexBlocks(request: LexRequest): LexResult {
  const pictures = new DataPictures(request.source);
  const lexed = lexShort({ ...request, source: pictures.source });
  pictures.restore(lexed);
  return lexed;
}

function lexShort(request: LexRequest): LexResult {
  const lexed = lexOnce(request, request.final);
  // Only the very end can wait for more: where something before it did, it is read as what it looks like for now.
  const isElsewhere = tokenizer.isUnsure || tokenizer.pending.some((token) => token !== deepestLast(lexed.tokens));
  return isElsewhere ? { ...lexOnce(request, true), undecided: true } : lexed;
}

function lexOnce(request: LexRequest, final: boolean): LexResult {
  const lexer = new RunLexer(request.syntax.hasSpans && /[*_~]/.test(request.source) ? maskingOptions : options);
  const links = request.source.includes(']:') ? Object.assign(createLinks(), request.links) : request.links;
  lexer.tokens.links = links as typeof lexer.tokens.links;
  lexer.state.top = request.top;
  const { depth, syntax, source: whole, before } = request;
  Object.assign(tokenizer, { depth, outermost: depth, failed: false, syntax, final, whole, before });
  Object.assign(tokenizer, { pending: [], isUnsure: false });
  tokenizer.lineIsOpen = !final && !request.source.endsWith('\n');
  tokenizer.end = final ? '' : request.source.trimEnd();
  const tokens: Token[] = [];
  readBlocks(lexer, request.source, tokens);
  if (!request.final) forgetUnfinished(tokens, request, links);
  const leaf = openLeaf(tokens, request);
  const kind = deepestLast(tokens)?.type === 'table' ? 'cell' : 'text';
  const uses = new LabelUses(request.uses);
  for (const entry of lexer.inlineQueue) {
    const open = leaf !== undefined && entry.tokens === leaf;
    uses.add(entry.src);
    lexer.tokens.links = permitted(links, uses.exceededIn(entry.src, links)) as typeof lexer.tokens.links;
    lexInline(lexer, entry.src, entry.tokens, open && kind);
    if (open) holdOpenAddresses(leaf, firstOpenAt(entry.src, request));
  }
  if (!request.final) markOpen(tokens);
  return { tokens, links, undecided: false, simplified: tokenizer.failed };
}

/** Where something begins that is open at the end, and in which a link may be none. */
function firstOpenAt(source: string, { inTag }: LexRequest): number {
  return inTag ? 0 : Math.min(openAddressAt(source), openTagAt(source));
}

function readBlocks(lexer: Lexer, source: string, tokens: Token[]): void {
  try {
    lexer.blockTokens(source, tokens);
  } catch {
    tokenizer.failed = true;
    lexer.inlineQueue = [];
    tokens.splice(0, tokens.length, plainParagraph(source));
  }
}

/** A block that is shown as it is written. It is read as a whole: a part of it may look like something else. */
function lexInline(lexer: Lexer, source: string, tokens: Token[], open: OpenLeaf | false): void {
  // A raw <pre>, <code>, <kbd> or <script> that is left open ends with its block, and so does a raw <a>.
  lexer.state.inRawBlock = false;
  lexer.state.inLink = false;
  if (isCostly(source) || tokenizer.syntax.isCrowded(source)) tokenizer.failed = true;
  else if (open && [true, false].some((links) => readCompleted(lexer, source, tokens, { leaf: open, links }))) return;
  else if (readInline(lexer, source, tokens)) return;
  tokens.splice(0, tokens.length, plainText(source));
}

/**
 * Reads what is still being written as what it will be; false where marked does not see what was completed as that: in
 * the label of a link it knows no code with a backtick in it, but the code may be there.
 */
function readCompleted(lexer: Lexer, source: string, tokens: Token[], expected: Expected): boolean {
  const completed = completeInline(source, tokenizer.syntax, expected);
  if (readInline(lexer, completed, tokens) && (source.startsWith(completed) || !showsEnd(tokens, completed)))
    return true;
  tokens.length = 0;
  return false;
}

/** Whether the text that is shown ends as the completed source does: what completes it is to be seen by nobody. */
function showsEnd(tokens: readonly Token[], completed: string): boolean {
  const last = tokens.at(-1);
  if (!last || last.type === 'codespan' || last.type === 'escape' || (last as Tokens.Link).href === PENDING_ADDRESS)
    return false;
  const children = childrenOf(last);
  if (children) return showsEnd(children, completed);
  return last.raw.includes(PENDING_ADDRESS) || last.raw.endsWith(completed.at(-1)!);
}

/** The definitions without those that have been used too much. */
function permitted(links: Links, exceeded: Iterable<string>): Links {
  let left = links;
  for (const label of exceeded) {
    if (left === links) left = Object.create(links) as Links;
    left[label] = undefined as never;
    tokenizer.failed = true;
  }
  return left;
}

function readInline(lexer: Lexer, source: string, tokens: Token[]): boolean {
  try {
    lexer.inlineTokens(source, tokens);
    return true;
  } catch {
    tokenizer.failed = true;
    return false;
  }
}

/** A definition whose line has no end yet may have more to its address: until then nothing links there. */
function forgetUnfinished(tokens: Token[], { source, links: known }: LexRequest, links: Links): void {
  if (source.endsWith('\n')) return;
  const last = deepestLast(tokens);
  if (last?.type !== 'def' || last['tag'] in known) return;
  const { tag } = last as Tokens.Def;
  const sameLabel = [...definedIn(tokens)].filter((each) => each === tag);
  // Where one before it defines the same label, that one holds.
  if (sameLabel.length === 1) delete links[tag];
}

/** A bar that ends a cell: nothing more comes to that. */
const CELL_END = /(?<!\\)\|[ \t]*$/;

/** The inline tokens of the block at the very end, where that block is text that may go on. */
function openLeaf(tokens: Token[], { source, final }: LexRequest): Token[] | undefined {
  if (final) return undefined;
  const last = deepestLast(tokens);
  const lineIsOpen = !source.endsWith('\n');
  switch (last?.type) {
    case 'paragraph':
    case 'text':
      return childrenOf(last);
    case 'pending':
      return textOf(deepestLast(tokens, last));
    case 'heading':
      return lineIsOpen ? childrenOf(last) : undefined;
    case 'table':
      return lineIsOpen && !CELL_END.test(source) ? lastCell(last as Tokens.Table)?.tokens : undefined;
    default:
      return undefined;
  }
}

/** What is still to be told a block may turn out to go on with the text above it, as the `$$` that ends a formula there. */
function textOf(block: Token | undefined): Token[] | undefined {
  return block?.type === 'paragraph' || block?.type === 'text' ? childrenOf(block) : undefined;
}

const CLOSING_FENCE = /\n {0,3}(?:`{3,}|~{3,})[ \t]*\n*$/;

const MAX_HELD = 2000;

/** Code whose fence has not been closed yet is not complete, and a tag or reference that is still being written is not shown. */
function markOpen(tokens: Token[]): void {
  const last = deepestLast(tokens);
  if (last?.type === 'html') Object.assign(last, { text: shownHtml(last.raw, scanRawHtml(last.raw).open) });
  if (last?.type === 'code' && !CLOSING_FENCE.test(last.raw)) Object.assign(last, { open: true });
}

/** Raw HTML that goes on, without a reference at its end that is still being written, or the tag that is open there. */
export function shownHtml(html: string, open: number): string {
  return (html.length - open > MAX_HELD ? html : html.slice(0, open)).replace(PARTIAL_ENTITY, '');
}

function lastCell(table: Tokens.Table): Tokens.TableCell | undefined {
  return (table.rows.at(-1) ?? table.header).findLast((cell) => cell.text !== '');
}
