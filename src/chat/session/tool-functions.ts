import type { ChatSession } from '../../conversation/chat-session.js';
import { awaitsOutput, hasOutcome, isAllowedHere } from '../../conversation/thread/tool-answers.js';
import { AiWarningEvent } from '../../events.js';
import { isToolPart, toolName, type Message, type ToolMessagePart } from '../../message.js';

/** Complete arguments in, the result (or a promise of it) out. */
export type ToolFunction = (input: unknown) => unknown;

/** A tool that may ask first. */
export interface AskingTool {
  execute: ToolFunction;
  /** Whether the reader is asked before it runs: always, or for these arguments. One that throws asks. */
  needsApproval?: boolean | ((input: unknown) => boolean | Promise<boolean>);
}

/** By tool name. */
export type ToolFunctions = Readonly<Record<string, ToolFunction | AskingTool>>;

/** An answer whose calls are the page's to run. */
export interface ToolTurn {
  session: ChatSession;
  message: Message;
  tools: ToolFunctions;
  /** Not once the reader has gone on without them. */
  isWanted(): boolean;
}

/** Each call costs a request. A model that goes round in circles is told to come to an end, and soon after left alone. */
const MOST_CALLS = 100;
const MOST_REFUSALS = 10;

/** Calls that an element has taken on. Another one that shows the same session leaves them to it. */
const taken = new WeakSet<ToolMessagePart>();

/** Takes on the calls of an answer that has ended. `tell` gets the answer as it stands once the reader has been asked. */
export async function finishTurn(turn: ToolTurn, tell: (message: Message) => void): Promise<void> {
  const { session, message, tools } = turn;
  const calls = message.parts
    .filter(isToolPart)
    .filter((call) => call.state === 'input-available' && isOurs(call, tools));
  const others = await askReader(turn, calls);
  if (turn.isWanted() && !session.busy) tell(session.messages.find(({ id }) => id === message.id) ?? message);
  await runTools(turn, others);
}

/** Asks the reader about those calls that ask first. Gives the others, of which some may be another element's already. */
async function askReader(turn: ToolTurn, calls: readonly ToolMessagePart[]): Promise<ToolMessagePart[]> {
  const own = calls.filter((call) => !taken.has(call));
  for (const call of own) taken.add(call);
  const runs = runsBefore(turn.message);
  if (own.length > 0 && runs >= MOST_CALLS + MOST_REFUSALS) {
    warn(turn.session);
    return [];
  }
  if (runs >= MOST_CALLS) return own;
  const asks = await Promise.all(own.map((call) => asksFirst(turn.tools[toolName(call)], call.input)));
  for (const { toolCallId } of own.filter((_, index) => asks[index]))
    if (await isAwaited(turn, toolCallId)) await turn.session.requestApproval({ toolCallId });
  return own.filter((_, index) => !asks[index]);
}

/**
 * Runs calls, one after another, and gives back the results, as long as somebody wants them. Where another branch is
 * shown, they wait for the reader to come back.
 */
async function runTools(turn: ToolTurn, calls: readonly ToolMessagePart[]): Promise<void> {
  const isRefused = runsBefore(turn.message) >= MOST_CALLS;
  for (const call of calls) {
    const { toolCallId, input } = call;
    if (!(await isAwaited(turn, toolCallId))) return;
    const output = await outputOf(isRefused ? refuse : turn.tools[toolName(call)]!, input);
    if (!(await isAwaited(turn, toolCallId))) return;
    await turn.session.addToolOutput({ toolCallId, output });
  }
}

/** For a call that the reader has allowed: the first element that shows it runs it. */
export async function runAllowed(turn: ToolTurn, approvalId: string, tell: (message: Message) => void): Promise<void> {
  const calls = turn.message.parts.filter(isToolPart).filter((call) => isAllowedHere(call) && isOurs(call, turn.tools));
  const call = calls.find(({ approval }) => approval?.id === approvalId);
  if (!call) return;
  tell(turn.message);
  if (taken.has(call)) return;
  taken.add(call);
  await runTools(turn, [call]);
}

function isOurs(call: ToolMessagePart, tools: ToolFunctions): boolean {
  return call.providerExecuted !== true && Object.hasOwn(tools, toolName(call));
}

function runsBefore({ parts }: Message): number {
  return parts.filter(isToolPart).filter((call) => hasOutcome(call) && !call.providerExecuted).length;
}

/** Another branch may have a call of the same id. */
async function isAwaited({ session, message, isWanted }: ToolTurn, toolCallId: string): Promise<boolean> {
  while (isWanted() && isAway(session, message.id)) await nextChange(session);
  const last = session.messages.findLast(({ role }) => role === 'assistant');
  return !session.busy && isWanted() && last?.id === message.id && awaitsOutput(last, toolCallId);
}

/** It may stand in another branch. A session of another copy of this package may have none. */
function isAway({ branches, messages }: ChatSession, id: string): boolean {
  return branches?.length > 0 && !messages.some((message) => message.id === id);
}

function nextChange(session: ChatSession): Promise<unknown> {
  return new Promise((resolve) => session.addEventListener('change', resolve, { once: true }));
}

async function asksFirst(tool: unknown, input: unknown): Promise<boolean> {
  const { needsApproval } = Object(tool) as Partial<AskingTool>;
  try {
    return Boolean(typeof needsApproval === 'function' ? await needsApproval(input) : needsApproval);
  } catch (error) {
    console.warn('<ai-stream-chat> `needsApproval` failed: the reader is asked.', error);
    return true;
  }
}

function refuse(): never {
  throw new Error('This answer has called too many tools: answer with what is known by now.');
}

function warn(session: ChatSession): void {
  const message = `An answer has called ${MOST_CALLS} tools and did not stop when it was told to: the last calls were not run.`;
  session.dispatchEvent(new AiWarningEvent({ code: 'tools', message }));
}

/** A tool that fails is an answer too: the model is told, and can try something else. */
async function outputOf(tool: ToolFunction | AskingTool, input: unknown): Promise<unknown> {
  try {
    return await (typeof tool === 'function' ? tool(input) : tool.execute(input));
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
