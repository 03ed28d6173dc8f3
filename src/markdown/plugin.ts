/**
 * What a host may add to markdown: text between marks of its own, and drawings of fenced code. A plugin sees complete
 * constructs only, each once; while one is being written it is held back, whatever the stream was cut into.
 */
export interface MarkdownPlugin {
  /** Also the `data-construct` of what it draws, for styles. */
  readonly name: string;
  /** Text between marks, in a paragraph or, with `block`, on lines of its own. */
  readonly spans?: readonly SpanSyntax[];
  /** Languages of fenced code that it draws. The code stays, behind a button. */
  readonly languages?: readonly string[];
  /**
   * Draws one construct: a node, text, or a promise of either. The source is the model's: set it as text, never as markup.
   * Null, or a failure, and the source is shown as it was written.
   */
  render?(source: string, info: ConstructInfo): Drawn | Promise<Drawn>;
}

export type Drawn = Node | string | null;

export interface SpanSyntax {
  readonly open: string;
  readonly close: string;
  /** It may also stand on lines of its own, over several lines without a blank one. */
  readonly block?: boolean;
  /** The most characters between the marks. Default 500, or 5000 with `block` (1000 in a line of text, at most). */
  readonly maxLength?: number;
  /** Whether this may stand between the marks. Told from the text alone; asked while it is still being written as well. */
  accepts?(content: string, around: SpanContext): boolean;
  /** The characters that it stands for, where it is nothing but a way to write them; undefined: it stays as written. */
  text?(content: string): string | undefined;
}

export interface SpanContext {
  /** The characters beside the marks; empty at the edge of the text. */
  readonly before: string;
  readonly after: string;
  /** False while the end is still to come: then the question is whether the content may go on to be accepted. */
  readonly whole: boolean;
}

export interface ConstructInfo {
  readonly kind: 'span' | 'block' | 'fence';
  /** The opening mark, or the language of the fence. */
  readonly mark: string;
  /** Where it is drawn, for what depends on style or size. The returned node becomes its content. */
  readonly holder: HTMLElement;
  /** Aborted when the construct has left the page. */
  readonly signal: AbortSignal;
}
