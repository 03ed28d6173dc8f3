import type { UrlPolicy } from '../../url-policy.js';
import type { MarkdownStrings } from '../markdown-strings.js';

/** What every writer of one document shares. */
export interface RenderContext {
  readonly policy: UrlPolicy;
  readonly strings: MarkdownStrings;
  readonly lineNumbers: boolean;
  /** Pictures that the reader has asked for. */
  readonly approvedImages: ReadonlySet<string>;
  /** Told when code was written: it may want colours. */
  readonly onCode: () => void;
  /** Told once for each document in which something was rendered more simply than it was written. */
  readonly onSimplified: () => void;
}
