import type { RowKind } from './inspector-log.js';
import { loadingStrings } from './loading-strings.js';

export interface InspectorStrings {
  /** Where what shows the rows could not be loaded. */
  notLoaded: string;
  retry: string;
  title: string;
  kinds: Record<RowKind, string>;
  filter: string;
  search: string;
  pause: string;
  /** `waiting`: how many rows have come since. */
  goOn(waiting: number): string;
  clear: string;
  record: string;
  stopRecording: string;
  replay: string;
  /** Of one row, and of all that are shown. */
  copy: string;
  copyAll: string;
  copied: string;
  notCopied: string;
  empty: string;
  /** Something has come, and no filter takes it. */
  noneShown: string;
  time(milliseconds: number): string;
}

export const ENGLISH: InspectorStrings = {
  ...loadingStrings,
  title: 'Stream',
  kinds: {
    request: 'Requests',
    open: 'Responses',
    event: 'Events',
    part: 'Parts',
    status: 'Status',
    finish: 'Ends',
    error: 'Errors',
  },
  filter: 'Show',
  search: 'Filter by text',
  pause: 'Pause',
  goOn: (waiting) => `Go on, ${waiting} waiting`,
  clear: 'Clear',
  record: 'Record',
  stopRecording: 'Recording…',
  replay: 'Replay a file',
  copy: 'Copy',
  copyAll: 'Copy all',
  copied: 'Copied',
  notCopied: 'It could not be copied.',
  empty: 'Nothing has come yet. Ask something, and each event appears here as it arrives.',
  noneShown: 'Nothing that has come is shown: the filters leave it out.',
  time: (milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`,
};
