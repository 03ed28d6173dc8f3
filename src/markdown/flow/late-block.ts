import type { Tokens } from 'marked';
import type { LabelUses } from '../source/label-uses.js';
import { childrenOf, loosen, loosenTexts } from '../source/tokens.js';
import { BlockWriter } from '../writing/block-writer.js';
import type { DocumentState, LateBlock } from './document-state.js';
import { inPage, morphChildren } from '../writing/morph.js';

/** How to read a settled piece again by itself. */
export interface Piece {
  kind: 'block' | 'item' | 'row' | 'note';
  source: string;
  top: boolean;
  loose: boolean;
  depth: number;
}

/** Has a settled piece drawn again if a label in it is defined later. `fresh`: the nodes that were written for it. */
export function awaitDefinitions(state: DocumentState, piece: Piece, fresh: readonly Node[]): void {
  if (fresh.length === 0 || !piece.source.includes('[')) return;
  state.awaitDefinitions(piece.source, new DrawnPiece(state, piece, fresh));
}

class DrawnPiece implements LateBlock {
  readonly #state: DocumentState;
  readonly #piece: Piece;
  readonly #uses: LabelUses;
  #first: Node;
  #last: Node;

  constructor(state: DocumentState, piece: Piece, fresh: readonly Node[]) {
    this.#state = state;
    this.#piece = piece;
    this.#uses = state.uses.of(piece.source);
    this.#first = inPage(fresh[0]!);
    this.#last = inPage(fresh.at(-1)!);
  }

  redraw(): void {
    const parent = this.#first.parentNode;
    if (!parent) return;
    // Where its labels stand for nothing any more, it stays as it is: there may be thousands of those.
    if (!this.#uses.isLeftFor(this.#piece.source, this.#state.links))
      return this.#state.noteSimplified({ simplified: true });
    const nodes = this.#write();
    morphChildren(parent, this.#first.previousSibling, nodes, this.#last.nextSibling);
    this.#first = inPage(nodes[0]!);
    this.#last = inPage(nodes.at(-1)!);
  }

  #write(): Node[] {
    const { kind, source, top, loose, depth } = this.#piece;
    const lexed = this.#state.lex({ source, top, uses: this.#uses, final: true, depth });
    this.#state.noteSimplified(lexed);
    const { tokens } = lexed;
    const writer = new BlockWriter(this.#state.context, ['']);
    const [token] = tokens;
    if (kind === 'item') {
      const item = (token as Tokens.List).items[0]!;
      if (loose) loosen(item);
      writer.listItem(item);
    } else if (kind === 'note') writer.write(childrenOf(token!) ?? []);
    else if (kind === 'row') writer.row((token as Tokens.Table).rows[0]!);
    else {
      if (loose) loosenTexts(tokens);
      for (const each of tokens) writer.writeToken(each);
    }
    return writer.levels[0]!;
  }
}
