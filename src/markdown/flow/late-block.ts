import type { Tokens } from 'marked';
import type { LabelUses } from '../source/label-uses.js';
import { childrenOf, loosen, loosenTexts } from '../source/tokens.js';
import { BlockWriter } from '../writing/block-writer.js';
import type { DocumentState, LateBlock } from './document-state.js';
import { ChangedError, follow, inPage, morphChildren } from '../writing/morph.js';

/** How to read a settled piece again by itself. */
export interface Piece {
  kind: 'block' | 'item' | 'head' | 'row' | 'note';
  source: string;
  top: boolean;
  loose: boolean;
  depth: number;
  /** What stands in front of its text and is none of its source. */
  box?: Tokens.Checkbox | undefined;
}

/** Has a settled piece drawn again if a label in it is defined later. `fresh`: the nodes that were written for it. */
export function awaitDefinitions(state: DocumentState, piece: Piece, fresh: readonly Node[]): void {
  if (fresh.length === 0 || !piece.source.includes('[')) return;
  state.awaitDefinitions(piece.source, new DrawnPiece(state, piece, fresh));
}

/** Nodes of a piece side by side. A paragraph whose text ends an element around it has some within that, and some behind. */
interface Range {
  readonly first: Node;
  last: Node;
}

class DrawnPiece implements LateBlock {
  defined = 0;
  drawn = 0;
  readonly #state: DocumentState;
  readonly #piece: Piece;
  readonly #uses: LabelUses;
  #ranges: readonly Range[];

  constructor(state: DocumentState, piece: Piece, fresh: readonly Node[]) {
    this.#state = state;
    this.#piece = piece;
    this.#uses = state.uses.of(piece.source);
    this.#ranges = rangesOf(fresh);
  }

  redraw(): void {
    const tags = tagsAround(this.#ranges);
    if (!tags) return;
    // Where its labels stand for nothing any more, it stays as it is: there may be thousands of those.
    if (!this.#uses.isLeftFor(this.#piece.source, this.#state.links))
      return this.#state.noteSimplified({ simplified: true });
    const levels = this.#write(tags).filter((nodes) => nodes.length > 0);
    // What ended an element may stand in the text of a link now: then there is no saying what belongs to what.
    if (levels.length !== this.#ranges.length) return;
    this.#ranges = levels.toReversed().map((nodes, index) => replace(this.#ranges[index]!, nodes));
  }

  #write(tags: readonly string[]): Node[][] {
    const { kind, source, top, loose, depth, box } = this.#piece;
    const lexed = this.#state.lex({ source, top, uses: this.#uses, final: true, depth });
    this.#state.noteSimplified(lexed);
    const { tokens } = lexed;
    const writer = new BlockWriter(this.#state.context, tags);
    const [token] = tokens;
    if (kind === 'item') {
      const item = (token as Tokens.List).items[0]!;
      if (loose) loosen(item);
      writer.listItem(item);
    } else if (kind === 'note') writer.write(childrenOf(token!) ?? []);
    else if (kind === 'head') writer.row((token as Tokens.Table).header);
    else if (kind === 'row') writer.row((token as Tokens.Table).rows[0]!);
    else {
      if (loose) loosenTexts(tokens);
      if (box) childrenOf(token!)?.unshift(box);
      for (const each of tokens) writer.writeToken(each);
    }
    return writer.levels;
  }
}

function rangesOf(fresh: readonly Node[]): Range[] {
  const ranges: Range[] = [];
  for (const node of fresh.map(inPage)) {
    const range = ranges.at(-1);
    if (range?.first.parentNode === node.parentNode) range.last = node;
    else ranges.push({ first: node, last: node });
  }
  return ranges;
}

/**
 * The elements that the piece has ended, behind a name for the place where it stands outside of them; undefined where a
 * page has taken it away.
 */
function tagsAround(ranges: readonly Range[]): string[] | undefined {
  const outside = ranges.at(-1)!.first.parentNode;
  if (!outside) return undefined;
  if (ranges.some(({ first, last }) => first.parentNode !== last.parentNode)) throw new ChangedError();
  const tags: string[] = [];
  for (let at = ranges[0]!.first.parentNode; at && at !== outside; at = at.parentNode) tags.push(at.nodeName);
  return ['', ...tags.map((name) => name.toLowerCase()).toReversed()];
}

function replace({ first, last }: Range, nodes: readonly Node[]): Range {
  morphChildren(first.parentNode!, first.previousSibling, nodes, last.nextSibling);
  const end = inPage(nodes.at(-1)!);
  follow(last, end);
  return { first: inPage(nodes[0]!), last: end };
}
