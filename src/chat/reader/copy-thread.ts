import { copySelection } from '../../markdown/markdown-renderer.js';

/** A selection across messages is copied as markdown and rich text too; within one message, its own text sees to that. */
export function copyThread(event: ClipboardEvent): void {
  copySelection(event.currentTarget as HTMLElement, event);
}
