import type { UrlPolicy } from '../../trust/url-policy.js';
import type { MarkdownStrings } from '../markdown-strings.js';
import type { Syntax } from '../source/syntax.js';
import type { ConstructWatch } from './construct.js';
import type { Footnotes } from './footnotes.js';

/** What every writer of one document shares. */
export interface RenderContext extends ConstructWatch {
  readonly policy: UrlPolicy;
  readonly strings: MarkdownStrings;
  /** What is read beside marked's own markdown. */
  readonly syntax: Syntax;
  readonly footnotes: Footnotes;
  readonly lineNumbers: boolean;
  /** Pictures that the reader has asked for. */
  readonly approvedImages: ReadonlySet<string>;
  /** Told when a box was written whose content may be wider than its place. */
  readonly onScroller: (box: HTMLElement) => void;
  /** Told when code was written: it may want colours. */
  readonly onCode: () => void;
  /** Told once for each document in which something was rendered more simply than it was written. */
  readonly onSimplified: () => void;
}
