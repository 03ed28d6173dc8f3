import { Lexer, Tokenizer } from 'marked';
import type { MarkedOptions, Token, Tokens } from 'marked';
import { childrenOf } from './tokens.js';
import { completeInline, holdOpenAddresses } from './pending-inline.js';

/** The definitions of a document by normalised label, as marked keeps them. */
export type Links = Record<string, { href: string | null | undefined; title: string | null | undefined }>;

export interface LexRequest {
  source: string;
  /** False inside a list item, where marked writes lines as `text` tokens and not as paragraphs. */
  top: boolean;
  /** The definitions that are settled. */
  links: Links;
  /** False where the source may go on: its last leaf is then completed for showing. */
  final: boolean;
}

export interface LexResult {
  tokens: Token[];
  /** The settled definitions and those found in this source. */
  links: Links;
}

/** marked lets the title of a definition go on over blank lines, across any blocks; CommonMark does not. */
class BlockTokenizer extends Tokenizer {
  override def(source: string): Tokens.Def | undefined {
    const blank = source.search(/\n[ \t]*\n/);
    return super.def(blank < 0 ? source : source.slice(0, blank + 1));
  }
}

const tokenizer = new BlockTokenizer();
const options: MarkedOptions = { gfm: true, tokenizer };

export function createLinks(): Links {
  return Object.create(null) as Links;
}

/** One run of marked: blocks, then the inline text of each. Definitions that are complete are added to `links`. */
export function lexBlocks(request: LexRequest): LexResult {
  const lexer = new Lexer(options);
  const links: Links = Object.assign(createLinks(), request.links);
  lexer.tokens.links = links as typeof lexer.tokens.links;
  lexer.state.top = request.top;
  const tokens: Token[] = [];
  lexer.blockTokens(request.source, tokens);
  if (!request.final) forgetUnfinished(tokens, request, links);
  const leaf = request.final ? undefined : openLeaf(tokens, request.source);
  for (const entry of lexer.inlineQueue) {
    const open = leaf !== undefined && entry.tokens === leaf;
    lexInline(lexer, open ? completeInline(entry.src) : entry.src, entry.tokens);
  }
  if (leaf) holdOpenAddresses(leaf);
  return { tokens, links };
}

function lexInline(lexer: Lexer, source: string, tokens: Token[]): void {
  // A raw <pre>, <code>, <kbd> or <script> that is left open ends with its block, and so does a raw <a>.
  lexer.state.inRawBlock = false;
  lexer.state.inLink = false;
  lexer.inlineTokens(source, tokens);
}

/** A definition whose line has no end yet may have more to its address: until then nothing links there. */
function forgetUnfinished(tokens: Token[], { source, links: known }: LexRequest, links: Links): void {
  if (source.endsWith('\n')) return;
  const last = deepestLast(tokens);
  if (last?.type === 'def' && !(last['tag'] in known)) delete links[last['tag']];
}

/** The inline tokens of the block at the very end, where that block is text that may go on. */
function openLeaf(tokens: Token[], source: string): Token[] | undefined {
  const last = deepestLast(tokens);
  const lineIsOpen = !source.endsWith('\n');
  switch (last?.type) {
    case 'paragraph':
    case 'text':
      return childrenOf(last);
    case 'heading':
      return lineIsOpen ? childrenOf(last) : undefined;
    case 'table':
      return lineIsOpen ? lastCell(last as Tokens.Table)?.tokens : undefined;
    default:
      return undefined;
  }
}

/** The block at the end of the last block, of its last item, and so on inwards. */
export function deepestLast(tokens: readonly Token[]): Token | undefined {
  const last = tokens.at(-1);
  if (last?.type === 'list') return deepestLast((last as Tokens.List).items.at(-1)?.tokens ?? []) ?? last;
  if (last?.type === 'blockquote') return deepestLast((last as Tokens.Blockquote).tokens) ?? last;
  return last;
}

function lastCell(table: Tokens.Table): Tokens.TableCell | undefined {
  return (table.rows.at(-1) ?? table.header).findLast((cell) => cell.text !== '');
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
