import type { Token, Tokens } from 'marked';
import type { LexResult } from '../source/block-lexer.js';
import type { DocumentState } from './document-state.js';
import type { FlowOptions } from './flow.js';
import { thresholds } from './open-block.js';
import type { Opening } from './open-block.js';
import { OpenFence } from './open-fence.js';
import type { FootnoteToken } from '../source/footnote-syntax.js';
import { OpenFootnote } from './open-footnote.js';
import { OpenHtml } from './open-html.js';
import { OpenIndented } from './open-indented.js';
import { OpenList } from './open-list.js';
import { OpenParagraph } from './open-paragraph.js';
import { OpenQuote } from './open-quote.js';
import { OpenTable } from './open-table.js';

/** How to go on with the block after the settled ones, where it is of a kind and a size to be read piece by piece. */
export function openingOf(
  { tokens, undecided }: LexResult,
  settled: number,
  state: DocumentState,
  { depth, loose = false }: FlowOptions,
): Opening | undefined {
  const rest = tokens.slice(settled).filter((token) => token.type !== 'space');
  const [token] = rest;
  if (rest.length !== 1 || !token || undecided) return undefined;
  switch (token.type) {
    case 'code':
      return (token['codeBlockStyle'] ? OpenIndented : OpenFence).opening(token as Tokens.Code, state);
    case 'list':
      return token.raw.length < thresholds.list ? undefined : OpenList.opening(token as Tokens.List, state, depth);
    case 'table':
      return token.raw.length < thresholds.table ? undefined : OpenTable.opening(token as Tokens.Table, state, depth);
    case 'paragraph':
    case 'text':
      if (token.raw.length < thresholds.paragraph) return undefined;
      return OpenParagraph.opening(token as Tokens.Paragraph | Tokens.Text, state, { depth, loose });
    case 'blockquote':
      return token.raw.length < thresholds.quote
        ? undefined
        : OpenQuote.opening(token as Tokens.Blockquote, state, depth);
    case 'footnote':
      return token.raw.length < thresholds.quote || isNoteIn(tokens.slice(0, settled), token)
        ? undefined
        : OpenFootnote.opening(token as unknown as FootnoteToken, state, depth);
    case 'html':
      return token.raw.length < thresholds.html ? undefined : OpenHtml.opening(token as Tokens.HTML, state);
    default:
      return undefined;
  }
}

/** Whether a note with the same label settles with this drawing: then this one is none. */
function isNoteIn(tokens: readonly Token[], note: Token): boolean {
  return tokens.some((token) => token.type === 'footnote' && token['label'] === (note as FootnoteToken).label);
}
