import type { RowKind } from './inspector-log.js';

export interface InspectorStrings {
  title: string;
  kinds: Record<RowKind, string>;
  filter: string;
  clear: string;
  record: string;
  stopRecording: string;
  replay: string;
  empty: string;
  time(milliseconds: number): string;
}

export const ENGLISH: InspectorStrings = {
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
  clear: 'Clear',
  record: 'Record',
  stopRecording: 'Recording…',
  replay: 'Replay a file',
  empty: 'Nothing has come yet. Ask something, and each event appears here as it arrives.',
  time: (milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`,
};
