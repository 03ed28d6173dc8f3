/** The street without a page, with all that it may need at hand: nothing that is called has to wait. */
export * from './street.js';
export type { Evidence } from './protocols/detect-protocol.js';
export { reduceMessage, settleMessage } from './conversation/reduce/whole-reducer.js';
export { detectProtocol, protocols } from './protocols/whole-registry.js';
