import type { AttachmentStrings } from './attachments/attachment-strings.js';
import type { ImageStrings } from '../image/image-strings.js';
import type { MarkdownStrings } from '../markdown/markdown-strings.js';
import type { StorageWarningCode } from '../conversation/storage/storage-warning.js';
import type { StreamErrorCode } from '../stream/stream-error.js';
import { formatDuration } from '../element/duration.js';

/** Every word that the chat shows or says. Set `strings` to a part of it to change those. */
export interface ChatStrings {
  /** The name of the thread for assistive technology. */
  thread: string;
  placeholder: string;
  send: string;
  stop: string;
  you: string;
  assistant: string;
  /** Said and shown between the question and the first word of the answer. */
  working: string;
  /** Said when the answer is complete. */
  complete: string;
  stopped: string;
  thinking: string;
  thought: string;
  copy: string;
  copied: string;
  /** The browser did not let the text be copied. */
  notCopied: string;
  regenerate: string;
  /** Changes what the reader had asked: the button, and the name of the field. */
  edit: string;
  /** Below that field. */
  saveEdit: string;
  cancelEdit: string;
  /** Shows what stood here before this was asked for again, or changed. */
  previousVersion: string;
  nextVersion: string;
  /** Which of them is shown, from 1. */
  version(number: number, count: number): string;
  retry: string;
  /** `milliseconds` until the server allows another try. */
  retryIn(milliseconds: number): string;
  /** Said when that time has come. */
  retryNow: string;
  /** The server asks for patience. */
  busy: string;
  offline: string;
  /** Shown while a lost connection is being made anew. */
  reconnecting: string;
  /** The same while there is no network. */
  waiting: string;
  jump: string;
  sources: string;
  allow: string;
  deny: string;
  toolInput: string;
  toolOutput: string;
  toolRunning(name: string): string;
  toolDone(name: string): string;
  toolFailed(name: string): string;
  /** The reader, or a rule of the service, has said no. */
  toolDenied(name: string): string;
  toolAsks(name: string): string;
  writingArtifact(title: string): string;
  /** Told on the card of an artifact that failed or was stopped before its end. */
  incompleteArtifact(title: string): string;
  untitled: string;
  attachment: string;
  /** Told below an answer that has ended otherwise than by itself; `empty`: there is nothing in it. */
  endings: Record<'length' | 'content-filter' | 'error' | 'empty', string>;
  /** What the reader is told, by the error's code. */
  errors: Record<StreamErrorCode, string>;
  /** Told where the conversation cannot be kept (`persist`), or what was pressed cannot be had, by the warning's code. */
  warnings: Record<StorageWarningCode | 'part-missing', string>;
  /** Takes such a note away. */
  dismiss: string;
  /** The words of rendered text, as `strings` of `<ai-markdown>`. */
  markdown: Partial<MarkdownStrings>;
  /** The words about files that the reader attaches (`accept`). */
  attachments: Partial<AttachmentStrings>;
  /** The words of a picture, as `strings` of `<ai-image>`. */
  images: Partial<ImageStrings>;
}

export const ENGLISH: ChatStrings = {
  thread: 'Conversation',
  placeholder: 'Write a message',
  send: 'Send',
  stop: 'Stop',
  you: 'You said',
  assistant: 'Answer',
  working: 'Working on an answer…',
  complete: 'The answer is complete.',
  stopped: 'Stopped. What had arrived is above.',
  thinking: 'Thinking…',
  thought: 'Thought',
  copy: 'Copy',
  copied: 'Copied',
  notCopied: 'It could not be copied.',
  regenerate: 'Answer again',
  edit: 'Edit',
  saveEdit: 'Send',
  cancelEdit: 'Cancel',
  previousVersion: 'Previous version',
  nextVersion: 'Next version',
  version: (number, count) => `Version ${number} of ${count}`,
  retry: 'Try again',
  retryIn: (milliseconds) => `It can be asked again in ${formatDuration(milliseconds, 'en')}.`,
  retryNow: 'You can try again now.',
  busy: 'The service is busy just now.',
  offline: 'You are offline. What had arrived is kept.',
  reconnecting: 'The connection was lost. Reconnecting…',
  waiting: 'You are offline. The answer goes on when you are back online.',
  jump: 'Jump to the latest',
  sources: 'Sources',
  allow: 'Allow',
  deny: 'Deny',
  toolInput: 'Input',
  toolOutput: 'Result',
  toolRunning: (name) => `Using ${name}…`,
  toolDone: (name) => `Used ${name}`,
  toolFailed: (name) => `${name} failed`,
  toolDenied: (name) => `${name} was not allowed`,
  toolAsks: (name) => `May ${name} be used?`,
  writingArtifact: (title) => `Writing ${title}…`,
  incompleteArtifact: (title) => `${title}, not complete`,
  untitled: 'the document',
  attachment: 'Attachment',
  endings: {
    length: 'The answer had become too long, and ends here.',
    'content-filter': 'The rules of the service ended this answer.',
    error: 'The service could not complete this answer.',
    empty: 'The service gave no answer.',
  },
  errors: {
    network: 'The connection was lost. What had arrived is kept.',
    timeout: 'The answer is taking too long. What had arrived is kept.',
    http: 'The service could not answer.',
    'content-type': 'The service answered with something that is not a conversation.',
    protocol: 'The service reported a problem.',
    truncated: 'The answer was cut off before its end. What had arrived is kept.',
    limit: 'The answer is larger than can be shown here.',
    aborted: 'The answer was stopped.',
  },
  warnings: {
    'storage-full':
      'There is no room left to save this conversation on this device. It stays here until you leave the page.',
    'storage-unavailable': 'This conversation cannot be saved on this device. It stays here until you leave the page.',
    'storage-newer': 'This conversation can be saved again after the page is reloaded.',
    'storage-damaged': 'Part of the saved conversation could not be read.',
    'part-missing': 'A part of this page could not be loaded.',
  },
  dismiss: 'Dismiss',
  markdown: {},
  attachments: {},
  images: {},
};
