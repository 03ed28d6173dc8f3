import type { Tokens } from 'marked';

/** A sequence of blocks that grows at its end: the document, a quote or a list item. */
export interface Flow {
  /** A blank line stood between blocks: the list that this flow is an item of is loose. */
  readonly spaced: boolean;
  append(source: string): void;
  /** Draws what has come. `final`: nothing more will. */
  render(final: boolean): void;
}

export interface FlowOptions {
  /** False inside a list item, where marked knows no paragraphs of its own. */
  top: boolean;
  /** How many quotes and lists stand around the flow. */
  depth: number;
  /** The flow is an item of a loose list: its texts are paragraphs. */
  loose?: boolean;
  /** That of a task of a loose list: it stands in the first paragraph. */
  box?: Tokens.Checkbox | undefined;
  /** The last child of the element that is there already and stays. */
  after?: Node | null;
}
