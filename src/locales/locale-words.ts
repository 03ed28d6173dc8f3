import type { AttachmentStrings } from '../chat/attachments/attachment-strings.js';
import type { ArtifactStrings } from '../artifact/panel/panel-strings.js';
import type { ChatStrings } from '../chat/chat-strings.js';
import type { ImageStrings } from '../image/image-strings.js';
import type { InspectorStrings } from '../inspector/inspector-strings.js';
import type { MarkdownStrings } from '../markdown/markdown-strings.js';
import type { Locale } from '../element/locales.js';

/** Every word of every element in one language: what one of your own needs to be whole. */
export interface LocaleWords extends Locale {
  readonly chat: Omit<ChatStrings, 'markdown' | 'attachments' | 'images'> & { attachments: AttachmentStrings };
  readonly markdown: MarkdownStrings;
  readonly artifacts: Omit<ArtifactStrings, 'markdown'>;
  readonly image: ImageStrings;
  readonly inspector: InspectorStrings;
}
