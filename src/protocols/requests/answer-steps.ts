import {
  isArtifactPart,
  isToolPart,
  toolName,
  type Artifact,
  type Message,
  type MessagePart,
  type ReasoningMessagePart,
  type TextMessagePart,
  type ToolMessagePart,
} from '../../message.js';
import { withoutBytes } from '../without-bytes.js';

/** One go of the model within an answer: what it thought and said, then the tools that it called. */
export interface AnswerStep {
  /** In its order. Artifacts stand as text where they began. */
  said: (Said | ReasoningMessagePart)[];
  /** Each has had its outcome. */
  calls: ToolMessagePart[];
}

type Said = Pick<TextMessagePart, 'type' | 'text'> & { artifact?: Artifact };

/** What came of a call, in words for the model. */
export interface CallOutcome {
  text: string;
  isError: boolean;
}

/**
 * An answer as providers want it back: the model spoke, called tools and got their results, as many times as it took.
 * Left out are calls without an outcome, since providers refuse a conversation in which one is not answered, and those
 * that a provider ran by itself.
 */
export function stepsOf({ parts }: Message): AnswerStep[] {
  const steps = [newStep()];
  for (const part of parts) {
    if (steps.at(-1)!.calls.length > 0 && isNext(part)) steps.push(newStep());
    add(steps.at(-1)!, part);
  }
  return steps.map(withoutRepetition).filter((step) => step.calls.length > 0 || wordsOf(step).trim() !== '');
}

/** What was said, without the thoughts. */
export function wordsOf({ said }: AnswerStep): string {
  return said.map(({ type, text }) => (type === 'text' ? text : '')).join('');
}

function newStep(): AnswerStep {
  return { said: [], calls: [] };
}

/** Whether a part behind calls shows that the model has had their results. */
function isNext({ type }: MessagePart): boolean {
  return type === 'step-start' || type === 'text' || type === 'reasoning';
}

function add({ said, calls }: AnswerStep, part: MessagePart): void {
  if (part.type === 'text') said.push({ type: 'text', text: withoutBytes((part as TextMessagePart).text) });
  else if (part.type === 'reasoning') said.push(part as ReasoningMessagePart);
  else if (isArtifactPart(part)) said.push({ type: 'text', text: artifactText(part.data), artifact: part.data });
  else if (isToolPart(part) && part.providerExecuted !== true && outcomeOf(part)) calls.push(part);
}

/** What a call that is given back has in its arguments needs to be said no second time. */
function withoutRepetition({ said, calls }: AnswerStep): AnswerStep {
  const told = new Set(calls.flatMap(({ input }) => Object.values(Object(input) as object)));
  return { said: said.filter((one) => !('artifact' in one && told.has(one.artifact?.content))), calls };
}

/** As Claude marks one, so that another one of the kind is read again (`artifact-markers`). */
export function artifactText({ id, kind, title, language, content }: Artifact): string {
  const attributes = Object.entries({ identifier: id, type: kind, language, title }).filter(([, value]) => value);
  const written = attributes.map(([name, value]) => ` ${name}="${value!.replaceAll('"', '&quot;')}"`).join('');
  return `\n<antArtifact${written}>\n${content}\n</antArtifact>\n`;
}

/** Undefined while there is none. */
export function outcomeOf(call: ToolMessagePart): CallOutcome | undefined {
  const { state, output, errorText, approval } = call;
  if (state === 'output-available') return { text: asText(output), isError: false };
  if (state === 'output-error') return { text: errorText || 'The call failed.', isError: true };
  const isDenied = state === 'output-denied' || (state === 'approval-responded' && approval?.approved === false);
  return isDenied ? { text: refusal(approval?.reason), isError: true } : undefined;
}

function refusal(reason: string | undefined): string {
  const refused = 'The user did not allow this call.';
  return reason ? `${refused} ${reason}` : refused;
}

function asText(output: unknown): string {
  return typeof output === 'string' ? output : (JSON.stringify(output) ?? '');
}

/** A call's arguments as the text of a JSON object: servers that read them refuse any other. */
export function argumentsOf(call: ToolMessagePart): string {
  return JSON.stringify(inputObject(call));
}

/** A call as OpenAI spells it, and whoever follows it. */
export function functionCall(call: ToolMessagePart): object {
  return { id: call.toolCallId, type: 'function', function: { name: toolName(call), arguments: argumentsOf(call) } };
}

/** A call's arguments. In an object of their own stand those that came as text: broken, or for a tool that takes text. */
export function inputObject({ input }: ToolMessagePart): object {
  const value = typeof input === 'string' ? (objectIn(input) ?? input) : (input ?? {});
  return isObject(value) ? value : { input: value };
}

function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field of what one provider alone knows about a part, to be given back to it. */
export function metadataField(metadata: unknown, provider: string, field: string): unknown {
  const known = (metadata as Record<string, Record<string, unknown> | undefined> | undefined)?.[provider];
  return known?.[field];
}
