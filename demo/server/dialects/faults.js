// @ts-check

/** @typedef {'broken' | 'unknown' | 'cut'} Fault */

/**
 * What goes wrong in the middle of a stream, the same in every dialect.
 * @type {Record<Fault, string>}
 */
export const FAULTS = {
  broken: 'data: {"type":"text-delta","text":"this object never ends\n\n',
  unknown: 'event: x-telemetry\ndata: {"type":"x-telemetry","queue":3}\n\n',
  cut: 'data: {"type":"text-delta","te',
};
