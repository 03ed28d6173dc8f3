import type { MarkdownOptions } from '../../markdown/markdown-renderer.js';
import type { UrlPolicy } from '../../trust/url-policy.js';
import type { ShownBranches } from './branches.js';
import type { ChatStrings } from '../chat-strings.js';
import type { CopyOutcome } from './copy-state.js';
import type { ShownEditor } from './editing.js';

/** What a message needs to be shown, the same object as long as nothing of it has changed. */
export interface MessageContext {
  strings: ChatStrings;
  markdown: MarkdownOptions & { policy: UrlPolicy };
  policy: UrlPolicy;
  /** Clicks on `data-action` buttons come here. */
  onAction(event: UIEvent): void;
}

export interface MessageState {
  /** The message is still being written. */
  streams: boolean;
  /** What it asks the reader can be answered. */
  isOpen: boolean;
  copied: CopyOutcome | undefined;
  /** Nothing can be asked or changed. */
  disabled: boolean;
  /** While the reader changes it. */
  editor: ShownEditor | undefined;
  /** Undefined where there are none beside it. */
  branches: ShownBranches | undefined;
}
