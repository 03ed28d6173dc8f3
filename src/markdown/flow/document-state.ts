import type { Token } from 'marked';
import type { LexRequest, LexResult } from '../source/block-lexer.js';
import { createLinks, lexBlocks } from '../source/block-lexer.js';

import { LabelUses, labelsIn, type Links } from '../source/label-uses.js';
import { definedIn } from '../source/tokens.js';
import type { Flow, FlowOptions } from './flow.js';
import type { RenderContext } from '../writing/render-context.js';

/** A settled block that holds `[label]`s without a definition, and can be drawn again when one comes. */
export interface LateBlock {
  /** How many of its labels were defined later, and how many when it was last drawn. */
  defined: number;
  drawn: number;
  redraw(): void;
}

/** For each of so many definitions a block is drawn again. */
const FEW = 20;

export type FlowFactory = (state: DocumentState, element: Element, options: FlowOptions) => Flow;

/** What all flows of one document share: how to render, and the definitions that links refer to. */
export class DocumentState {
  readonly context: RenderContext;
  readonly links: Links = createLinks();
  /** How often labels are used in what has settled. */
  uses = new LabelUses();
  /** How many characters marked was given to read, some of them more than once. */
  read = 0;
  readonly #waiting = new Map<string, Set<LateBlock>>();
  /** Those of which labels have been defined since they were last drawn. */
  readonly #late = new Set<LateBlock>();
  #toldSimplified = false;
  readonly #pieces: LateBlock[] = [];
  readonly #forgotten = new WeakSet<LateBlock>();
  readonly #newFlow: FlowFactory;

  constructor(context: RenderContext, newFlow: FlowFactory) {
    this.context = context;
    this.#newFlow = newFlow;
  }

  /** A flow of this document; quotes and list items hold flows, which hold quotes and lists. */
  createFlow(element: Element, options: FlowOptions): Flow {
    return this.#newFlow(this, element, options);
  }

  /** Reads a part of the source by what is known of the document so far. */
  lex(request: Omit<LexRequest, 'links' | 'syntax' | 'uses'> & { uses?: LabelUses }): LexResult {
    const { links, uses } = this;
    this.read += request.source.length;
    return lexBlocks({ links, uses, ...request, syntax: this.context.syntax });
  }

  noteSimplified({ simplified }: { simplified: boolean }): void {
    if (!simplified || this.#toldSimplified) return;
    this.#toldSimplified = true;
    this.context.onSimplified();
  }

  /** How many blocks have been remembered: what comes after belongs to a block that opens now. */
  countPieces(): number {
    return this.#pieces.length;
  }

  /** The blocks remembered since then are going to be read again as part of a whole. */
  forgetPieces(count: number): void {
    for (const block of this.#pieces.splice(count)) this.#forgotten.add(block);
  }

  /** Has a block drawn again when one of the labels in its source is defined later. */
  awaitDefinitions(source: string, block: LateBlock): void {
    this.#pieces.push(block);
    for (const label of labelsIn(source)) {
      if (label in this.links) continue;
      const blocks = this.#waiting.get(label);
      if (blocks) blocks.add(block);
      else this.#waiting.set(label, new Set([block]));
    }
  }

  /** Takes the definitions of settled blocks over; `links` holds them with what they lead to. */
  defineFrom(tokens: readonly Token[], links: Links): void {
    const found = createLinks();
    for (const tag of definedIn(tokens)) if (links[tag]) found[tag] = links[tag];
    this.#define(found);
  }

  /** The first definition of a label holds. The blocks that have waited for it are drawn again. */
  #define(found: Links): void {
    for (const label of Object.keys(found)) {
      if (label in this.links) continue;
      this.links[label] = found[label]!;
      for (const block of this.#waiting.get(label) ?? []) {
        block.defined += 1;
        this.#late.add(block);
      }
      this.#waiting.delete(label);
    }
    this.drawLate(false);
  }

  /** Of many labels a block is not drawn again for each, but when there are a quarter more of them, and at the end. */
  drawLate(final: boolean): void {
    for (const block of this.#late) {
      if (!final && block.defined < 1.25 * block.drawn - FEW / 4) continue;
      this.#late.delete(block);
      block.drawn = block.defined;
      if (!this.#forgotten.has(block)) block.redraw();
    }
  }
}
