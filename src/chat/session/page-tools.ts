import type { ChatSession } from '../../conversation/chat-session.js';
import type { AiApprovalEvent, AiFinishEvent } from '../../events.js';
import { isToolPart, toolName, type Message, type MessagePart } from '../../message.js';
import { tellMissing } from './missing-part.js';
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
    if (stopped || !message.parts.some((part) => isOurs(part, turn.tools))) return tell(message);
    await (await load(turn.session, () => tell(message)))?.finishTurn(turn, tell);
  }

  /** Runs the call that the reader has just allowed, if it is one of the page's. `tell` is called where it is. */
  async allow({ approvalId, message }: AiApprovalEvent, tell: (message: Message) => void): Promise<void> {
    const turn = this.#turn(message);
    if (!message.parts.some((part) => isOurs(part, turn.tools))) return;
    await (await load(turn.session))?.runAllowed(turn, approvalId, tell);
  }

  #turn(message: Message): ToolTurn {
    const { session } = this.#link;
    return { session, message, tools: this.#tools() ?? {}, isWanted: () => this.#link.shows(session) };
  }
}

function isOurs(part: MessagePart, tools: ToolFunctions): boolean {
  return isToolPart(part) && Object.hasOwn(tools, toolName(part));
}

async function load(session: ChatSession, failed?: () => void): Promise<typeof Functions | undefined> {
  try {
    return await import('./tool-functions.js');
  } catch (error) {
    console.error(error);
    failed?.();
    tellMissing(session);
    return undefined;
  }
}
