import type { ChatSession } from '../../conversation/chat-session.js';
import { awaitsOutput, hasOutcome } from '../../conversation/thread/tool-answers.js';
import { AiWarningEvent } from '../../events.js';
import { isToolPart, toolName, type Message, type ToolMessagePart } from '../../message.js';

/** Functions by tool name: complete arguments in, the result (or a promise of it) out. */
export type ToolFunctions = Readonly<Record<string, (input: unknown) => unknown>>;

/** Each call costs a request. A model that goes round in circles is told to come to an end, and soon after left alone. */
const MOST_CALLS = 100;
const MOST_REFUSALS = 10;

/** Calls that an element has taken on. Another one that shows the same session leaves them to it. */
const taken = new WeakSet<ToolMessagePart>();

/**
 * Runs those calls of a finished answer for which there is a function, one after another, and gives back the results, as
 * long as somebody wants them: not once the reader has gone on without them. Where another branch is shown, they wait for
 * the reader to come back.
 */
export async function runTools(
  session: ChatSession,
  message: Message,
  tools: ToolFunctions,
  isWanted: () => boolean,
): Promise<void> {
  const calls = message.parts.filter(isToolPart).filter((call) => isRunnable(call, tools) && !taken.has(call));
  const before = message.parts.filter(isToolPart).filter((call) => hasOutcome(call) && !call.providerExecuted).length;
  if (calls.length > 0 && before >= MOST_CALLS + MOST_REFUSALS) return warn(session);
  for (const call of calls) taken.add(call);
  for (const call of calls) {
    const run = before < MOST_CALLS ? tools[toolName(call)]! : refuse;
    const output = await outputOf(run, call.input);
    const { toolCallId } = call;
    while (isWanted() && isAway(session, message.id)) await nextChange(session);
    const last = session.messages.findLast(({ role }) => role === 'assistant');
    // Another branch may have a call of the same id.
    if (session.busy || !isWanted() || last?.id !== message.id || !awaitsOutput(last, toolCallId)) return;
    await session.addToolOutput({ toolCallId, output });
  }
}

/** It may stand in another branch. A session of another copy of this package may have none. */
function isAway({ branches, messages }: ChatSession, id: string): boolean {
  return branches?.length > 0 && !messages.some((message) => message.id === id);
}

function nextChange(session: ChatSession): Promise<unknown> {
  return new Promise((resolve) => session.addEventListener('change', resolve, { once: true }));
}

function isRunnable(call: ToolMessagePart, tools: ToolFunctions): boolean {
  return call.state === 'input-available' && call.providerExecuted !== true && Object.hasOwn(tools, toolName(call));
}

function refuse(): never {
  throw new Error('This answer has called too many tools: answer with what is known by now.');
}

function warn(session: ChatSession): void {
  const message = `An answer has called ${MOST_CALLS} tools and did not stop when it was told to: the last calls were not run.`;
  session.dispatchEvent(new AiWarningEvent({ code: 'tools', message }));
}

/** A tool that fails is an answer too: the model is told, and can try something else. */
async function outputOf(run: (input: unknown) => unknown, input: unknown): Promise<unknown> {
  try {
    return await run(input);
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
