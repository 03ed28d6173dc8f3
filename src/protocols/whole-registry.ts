import { detectProtocol as detect, type Evidence } from './detect-protocol.js';
import { furtherDialects } from './further-dialects.js';
import { keepDialects } from './later-dialects.js';
import type { Protocol } from './protocol.js';
import { protocols as registry } from './registry.js';

/** The registry without waiting: each dialect can be read at once. */
export const protocols: typeof registry = withAll(registry);

/** As in `detect-protocol.ts`, and what it finds can be used at once. */
export function detectProtocol(evidence: Evidence): Protocol | undefined {
  return protocols && detect(evidence);
}

function withAll<Registry>(these: Registry): Registry {
  keepDialects(furtherDialects);
  return these;
}
