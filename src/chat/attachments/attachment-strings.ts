/** Every word about files that the reader attaches. */
export interface AttachmentStrings {
  /** The button, and what stands where files can be dropped. */
  attach: string;
  drop: string;
  /** The name of the list for assistive technology. */
  attached: string;
  remove(name: string): string;
  /** While a file is read, or sent to wherever the page keeps it. */
  reading(name: string): string;
  /** Said once it is there, and once it is gone. */
  added(name: string): string;
  removed(name: string): string;
  notAccepted(name: string): string;
  tooLarge(name: string): string;
  tooMany(most: number): string;
  failed(name: string): string;
}

export const englishAttachments: AttachmentStrings = {
  attach: 'Attach files',
  drop: 'Drop files to attach them',
  attached: 'Attached files',
  remove: (name) => `Remove ${name}`,
  reading: (name) => `Attaching ${name}…`,
  added: (name) => `${name} is attached.`,
  removed: (name) => `${name} is no longer attached.`,
  notAccepted: (name) => `${name} is not a kind of file that can be sent here.`,
  tooLarge: (name) => `${name} is too large to be sent here.`,
  tooMany: (most) => `No more than ${most} files go with one message.`,
  failed: (name) => `${name} could not be attached.`,
};
