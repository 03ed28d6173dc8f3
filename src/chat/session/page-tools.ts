import type { ChatSession } from '../../conversation/chat-session.js';
import { isAllowedHere } from '../../conversation/thread/tool-answers.js';
import { AiWarningEvent, type AiApprovalEvent, type AiFinishEvent } from '../../events.js';
import { isToolPart, toolName, type Message, type MessagePart, type ToolMessagePart } from '../../message.js';
import type { SessionLink } from './session-link.js';
import type * as Functions from './tool-functions.js';
import type { ToolFunctions, ToolTurn } from './tool-functions.js';

/** The calls that the page runs. What runs them, and asks the reader first, is loaded with the first one. */
export class PageTools {
  readonly #link: SessionLink;
  readonly #tools: () => ToolFunctions | null | undefined;

  constructor(link: SessionLink, tools: () => ToolFunctions | null | undefined) {
    this.#link = link;
    this.#tools = tools;
  }

  /** Takes on the calls of an answer that has ended. `tell` is called once it is known what it waits for. */
  async finish({ message, stopped }: AiFinishEvent, tell: (message: Message) => void): Promise<void> {
    const turn = this.#turn(message);
    const calls = stopped ? [] : message.parts.filter((part) => isOpenCall(part, turn.tools));
    if (calls.length === 0) return tell(message);
    const functions = await load(turn.session);
    const others = await functions?.askReader(turn, calls);
    if (turn.isWanted() && !turn.session.busy)
      tell(turn.session.messages.find(({ id }) => id === message.id) ?? message);
    if (others) await functions!.runTools(turn, others);
  }

  /** Runs the call that the reader has just allowed. Gives whether it is one of the page's. */
  allow({ approvalId, message }: AiApprovalEvent): boolean {
    const turn = this.#turn(message);
    const calls = message.parts.filter((part) => isToolPart(part) && isAllowedHere(part)) as ToolMessagePart[];
    const call = calls.find(({ approval }) => approval?.id === approvalId);
    if (!call || !isOurs(call, turn.tools)) return false;
    void load(turn.session).then((functions) => functions?.runAllowed(turn, call));
    return true;
  }

  #turn(message: Message): ToolTurn {
    const { session } = this.#link;
    return { session, message, tools: this.#tools() ?? {}, isWanted: () => this.#link.shows(session) };
  }
}

function isOpenCall(part: MessagePart, tools: ToolFunctions): part is ToolMessagePart {
  return isToolPart(part) && part.state === 'input-available' && isOurs(part, tools);
}

function isOurs(call: ToolMessagePart, tools: ToolFunctions): boolean {
  return call.providerExecuted !== true && Object.hasOwn(tools, toolName(call));
}

async function load(session: ChatSession): Promise<typeof Functions | undefined> {
  try {
    return await import('./tool-functions.js');
  } catch (error) {
    const message = `What runs the page's tools could not be loaded. ${String(error)}`;
    session.dispatchEvent(new AiWarningEvent({ code: 'part-missing', message }));
    return undefined;
  }
}
