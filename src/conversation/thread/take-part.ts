import type { Message } from '../../message.js';
import type { StreamPart } from '../../protocols/stream-part.js';
import { reduceMessage } from '../reduce/reduce-message.js';
import type { Run } from '../run.js';
import { withCarriedArtifact } from './carried-artifact.js';
import { withFurtherCall } from './further-call.js';
import { placeAnswer, withDistinctId, type Placed } from './place-answer.js';

/** The thread with one more part of the answer that is being read. */
export function takePart(messages: readonly Message[], run: Run, part: StreamPart): Placed {
  if (part.type === 'abort') run.stopped = true;
  const base = withFurtherCall(withCarriedArtifact(run.message, messages, part), run, part);
  const message = withDistinctId(messages, run, reduceMessage(base, withEarlierUsage(part, run)));
  return placeAnswer(messages, run, message, part);
}

/**
 * An answer that goes on is asked for, and paid for, once more: what it has cost by then is counted in. A response tells
 * its own part only, as what it has come to so far. Of one that was asked for before, nobody knows what is counted already.
 */
function withEarlierUsage(part: StreamPart, { begun, isResumed }: Run): StreamPart {
  if (part.type !== 'usage' || isResumed) return part;
  const earlier = new Map<string, unknown>(Object.entries(begun.metadata?.usage ?? {}));
  const sum = (name: string, count: unknown) =>
    typeof count === 'number' ? count + (Number(earlier.get(name)) || 0) : count;
  return Object.fromEntries(Object.entries(part).map(([name, count]) => [name, sum(name, count)])) as StreamPart;
}
