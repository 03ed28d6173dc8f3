import { AiWarningEvent } from '../events.js';
import type { Directives, MarkdownOptions, MarkdownPlugin } from '../markdown/markdown-renderer.js';
import { UrlPolicy } from '../url-policy.js';

interface MarkdownAttributes extends EventTarget {
  imageHosts: string;
  linkHosts: string;
  plugins: readonly MarkdownPlugin[] | null | undefined;
  directives: Directives | null | undefined;
}

/** The chat's properties that text is rendered by: with any of them another, the text is rendered anew. */
const SETTINGS = ['imageHosts', 'linkHosts', 'plugins', 'directives'] as const;

export function changesMarkdown(changed: ReadonlyMap<PropertyKey, unknown>): boolean {
  return SETTINGS.some((name) => changed.has(name));
}

/** How a chat has its messages' text rendered. */
export function markdownOptions(chat: MarkdownAttributes): MarkdownOptions & { policy: UrlPolicy } {
  const { imageHosts, linkHosts, plugins, directives } = chat;
  return {
    policy: new UrlPolicy({ imageHosts, linkHosts }),
    plugins: plugins ?? [],
    directives: directives ?? {},
    onWarning: (warning) => void chat.dispatchEvent(new AiWarningEvent(warning)),
  };
}
