/** The street without a page, with every dialect at hand. */
export * from './street.js';
export type { Evidence } from './protocols/detect-protocol.js';
export { detectProtocol, protocols } from './protocols/whole-registry.js';
