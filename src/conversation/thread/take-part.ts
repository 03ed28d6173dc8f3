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
  const message = withDistinctId(messages, run, reduceMessage(base, part));
  return placeAnswer(messages, run, message, part);
}
