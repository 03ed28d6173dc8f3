import type { Artifact } from '../message.js';
import type { ServerSentEvent } from '../stream/event-stream-parser.js';
import { StreamError } from '../stream/stream-error.js';
import { ArtifactText } from './stages/artifact-text.js';
import { detectProtocol } from './detect-protocol.js';
import { DocumentData } from './stages/document-data.js';
import { readErrorPart, SAID_NOTHING } from './parts/error-part.js';
import { generic, isOwn, maySayNothing } from './dialects/generic.js';
import { isEndMark, isLastWord, isNamed, kindOf, textIn } from './dialects/generic-names.js';
import { readHousePart } from './parts/house-parts.js';
import { loadRareDialects } from './later-dialects.js';
import { asObject, parseJson } from './parts/json.js';
import type { Protocol, ProtocolReader, WireEvent } from './protocol.js';
import { protocols } from './registry.js';
import type { StreamPart } from './stream-part.js';
import { LaterMarkers } from './stages/later-markers.js';
import { loadPatterns } from './stages/later-patterns.js';
import { ThinkTags } from './stages/think-tags.js';
import { ToolArtifacts } from './stages/tool-artifacts.js';
import { UnopenedThoughts } from './stages/unopened-thoughts.js';

export interface PartReaderOptions {
  protocol?: Protocol | undefined;
  headers?: Headers | undefined;
  onEvent?: ((event: WireEvent) => boolean | void) | undefined;
  artifactMarkers?: boolean | undefined;
  /** What stood before this answer. */
  artifacts?: readonly Artifact[] | undefined;
}

/** `body`: nothing follows it, as with `[DONE]` or `event: done`. `answer`: nothing does but another answer, if that. */
export type Ending = 'body' | 'answer';

/** Reads the events of an answer, over however many responses they come. */
export interface EventReader {
  readonly protocol: Protocol | undefined;
  readonly failure: StreamError | undefined;
  /** Whether the answer's own end mark has come: what happens to the connection after it is of no account. */
  readonly isComplete: boolean;
  /** How sure that mark is to be the last thing; undefined where more may come after it, or none has come. */
  readonly ending: Ending | undefined;
  /** The body is told to be plain text, which only a dialect without a name of its own can be. */
  readAsText(): void;
  /** To be awaited before these events are read: the dialect that they are in may have to be loaded first. */
  load(events: readonly ServerSentEvent[]): Promise<void> | undefined;
  /** The parts of all the events of one network read. */
  read(events: readonly ServerSentEvent[]): StreamPart[];
  /** The stream's last id, which may have come without an event. */
  noteId?(id: string): void;
  end(): StreamPart[];
  verdict(): StreamError | undefined;
}

/** What parts go through on their way out, each looking for one thing that a model or a server hides in others. */
interface Stage {
  /** What stands in the place of a part; undefined where it goes on as it is, which is nearly always. */
  route(part: StreamPart): StreamPart[] | undefined;
  /** The response is complete: what is held back comes out. */
  end?(): StreamPart[];
}

/** How many events in a row may be unreadable before the stream is given up. */
const MAX_BROKEN = 20;

/** Events of one response in, parts out: finds the dialect, passes over what it does not know, and says how it ended. */
export class PartReader implements EventReader {
  protocol: Protocol | undefined;
  /** Set when the rest of the stream is not worth reading. What came before it stands. */
  failure: StreamError | undefined;
  #reader: ProtocolReader | undefined;
  #reported: StreamPart | undefined;
  /** Of the network read that is being read. */
  readonly #read: StreamPart[] = [];
  /** Whether anything told that this was an answer, while the dialect was still unknown. */
  #understood = false;
  #done = false;
  #last: WireEvent | undefined;
  /** There was more to read after an end mark. */
  #saysMore = false;
  /** A tool has given something after an end mark, or a step begun: what is made of it may take its time. */
  #isWorking = false;
  #firstUnknown: WireEvent | undefined;
  /** What came before the dialect was known and may be text or nothing: it is text where the dialect is one of text alone. */
  #undecided: WireEvent[] = [];
  #broken = 0;
  /** All that told the dialect is a start, which anybody may write. */
  #hasOnlyStarted = false;
  /** What tells rare dialects has been asked for. */
  #hasAsked = false;
  /** Why it could not be had: without it an answer goes on as one of no dialect. */
  #notLoaded: StreamError | undefined;
  /** Words have come that stand in no JSON. */
  #isBare = false;
  readonly #markers: LaterMarkers | undefined;
  readonly #stages: Stage[];
  readonly #onEvent;

  constructor({ protocol, headers, onEvent, artifactMarkers = false, artifacts }: PartReaderOptions = {}) {
    this.protocol = protocol ?? detectProtocol({ headers });
    this.#onEvent = onEvent;
    this.#markers = artifactMarkers ? new LaterMarkers() : undefined;
    const asked = this.#markers ? [this.#markers] : [];
    // First of all what is an artifact's already: nothing is looked for in that.
    const thoughts = [new ThinkTags(), new UnopenedThoughts()];
    this.#stages = [
      new ArtifactText(artifacts),
      ...thoughts,
      ...asked,
      new ToolArtifacts(artifacts),
      new DocumentData(),
    ];
  }

  /** A body of plain text has no end mark but its end; one of several runs has one for each, of which only one is the last. */
  get isComplete(): boolean {
    if (this.protocol?.framing === 'text') return false;
    return this.#isMarked || (this.#isFinished && !this.#saysMore);
  }

  get ending(): Ending | undefined {
    const othersFollow = this.#reader?.othersFollow;
    if (this.#isMarked && (isOwn(this.protocol) || !othersFollow)) return 'body';
    const mayGoOn = this.protocol?.hasLastWord || othersFollow || this.#isWorking;
    return this.isComplete && !mayGoOn ? 'answer' : undefined;
  }

  get #isMarked(): boolean {
    if (!this.#isFinished || this.#last === undefined) return false;
    return isOwn(this.protocol) ? isLastWord(this.#last) : isEndMark(this.#last);
  }

  get #isFinished(): boolean {
    return this.#reader ? this.#reader.finished : this.#done;
  }

  readAsText(): void {
    this.protocol ??= protocols.get('text');
  }

  load(events: readonly ServerSentEvent[]): Promise<void> | undefined {
    const patterns = loadPatterns(events);
    if (patterns) return patterns.then(() => this.load(events));
    if (this.#reader) return undefined;
    const rare = this.protocol || this.#hasAsked ? undefined : this.#loadRare(events);
    if (rare) return rare.then(() => this.load(events));
    const dialect = (this.protocol ?? firstClaimed(events))?.load?.();
    const markers = this.#markers?.load();
    return dialect && markers ? Promise.all([dialect, markers]).then(() => {}) : (dialect ?? markers);
  }

  /** What comes behind an event that tells another dialect is none of a rare one, however many come at once. */
  #loadRare(events: readonly ServerSentEvent[]): Promise<void> | undefined {
    const first = events.find((one) => isUnknown(one) || firstClaimed([one]));
    this.#hasAsked = first !== undefined && isUnknown(first);
    return this.#hasAsked
      ? loadRareDialects()?.catch((error: StreamError) => void (this.#notLoaded = error))
      : undefined;
  }

  /** The parts of all the events of one network read. */
  read(events: readonly ServerSentEvent[]): StreamPart[] {
    for (const one of events) {
      if (this.failure) break;
      const event = this.#onWire(one);
      this.#last = event;
      if (this.#onEvent?.(event) === false) continue;
      const hadFinished = this.#reader?.finished === true;
      const understood = this.#understand(event, one);
      if (hadFinished || this.#saysMore) this.#noteFurther(understood);
      this.#route(understood, this.#read);
    }
    return this.take();
  }

  /** What the events before this one have said, for whoever ends the answer at it. */
  take(): StreamPart[] {
    return this.#read.splice(0);
  }

  /** A body of words has no events within others, nor has one that words have begun: they may be about events. */
  #onWire(one: ServerSentEvent): WireEvent {
    if (this.protocol?.framing === 'text') return { ...one, json: parseJson(one.data) };
    const event = onWire(one, !this.#isBare);
    this.#isBare ||= event.json === undefined && !maySayNothing(event) && !isEndMark(event);
    return event;
  }

  /** What begins or goes on after an end has an end of its own. */
  #noteFurther(parts: readonly StreamPart[]): void {
    for (const { type } of parts) {
      if (type === 'start' || type.startsWith('tool-input') || type.endsWith('-delta')) this.#saysMore = true;
      else if (type === 'finish' || type === 'abort') this.#saysMore = this.#isWorking = false;
      else if (/^(tool-output|start-step|data-)/.test(type)) this.#isWorking = true;
    }
  }

  end(): StreamPart[] {
    const parts: StreamPart[] = [];
    this.protocol ??= this.#guess();
    this.#route(this.#decide(this.protocol === generic), parts);
    const last = this.#reader ? this.#endKnown(this.#reader) : this.#endUnknown();
    this.#route(this.#reported ? last.map(asFailure) : last, parts);
    // What a stage has held back goes through those behind it.
    this.#stages.forEach((stage, index) => {
      for (const part of stage.end?.() ?? []) this.#pass(part, index + 1, parts);
    });
    return parts;
  }

  /** Why the response as a whole failed, if it did. To be asked after `end`. */
  verdict(): StreamError | undefined {
    if (this.failure) return this.failure;
    if (this.#reported?.type === 'error') return reportedError(this.#reported);
    if (this.#reader) return this.#reader.finished ? undefined : truncated(this.protocol);
    if (this.#isUnknown) return this.#notLoaded ?? unknownDialect(this.#firstUnknown);
    return this.#done ? undefined : this.#understood ? truncated(undefined) : unknownDialect(undefined);
  }

  #understand(event: WireEvent, { data }: ServerSentEvent): StreamPart[] {
    if (this.protocol && !this.#wasMisled(event)) return this.#readOne(event);
    const mayBeWords = data !== event.data && saysNothing(event);
    if ((mayBeWords || maySayNothing(event)) && this.#undecided.length < MAX_BROKEN) {
      this.#undecided.push(mayBeWords ? { ...event, type: 'message', data, json: undefined } : event);
      return [];
    }
    const found = detectProtocol({ event });
    this.protocol = found ?? (isEndMark(event) ? this.#guess(event) : undefined);
    if (!this.protocol) return this.#readOne(event);
    this.#hasOnlyStarted = asObject(event.json)?.type === 'start';
    // Before objects with text a bare word is none.
    const isText = this.protocol === generic && (!found || asObject(event.json) === undefined);
    return [...this.#decide(isText), ...this.#readOne(event)];
  }

  /** What follows the start is in somebody's own words. */
  #wasMisled(event: WireEvent): boolean {
    const found = this.#hasOnlyStarted ? detectProtocol({ event }) : undefined;
    if (found) this.#hasOnlyStarted = false;
    if (found !== generic) return false;
    this.protocol = this.#reader = undefined;
    return true;
  }

  /** Words that nothing else has told a dialect of, before the end or with it. */
  #guess(last?: WireEvent): Protocol | undefined {
    const words = textIn(asObject(last?.json) ?? {});
    const saysSomething = words || this.#undecided.some(({ data }) => data.trim() !== '');
    return saysSomething && !this.#firstUnknown ? generic : undefined;
  }

  /** The dialect is known, or will not be. */
  #decide(isText: boolean): StreamPart[] {
    const events = this.#undecided;
    this.#undecided = [];
    return events.flatMap((event) => (isText ? this.#readOne(event) : this.#passOver(event)));
  }

  #readOne(event: WireEvent): StreamPart[] {
    if (this.protocol) this.#reader ??= this.protocol.createReader();
    const parts = this.#reader ? this.#readKnown(this.#reader, event) : this.#readUnknown(event);
    if (parts) this.#broken = 0;
    return parts ?? [this.#passOver(event)];
  }

  /** A dialect of the host's may throw; what it had read stands. */
  #readKnown(reader: ProtocolReader, event: WireEvent): StreamPart[] | undefined {
    try {
      return reader.read(event);
    } catch (cause) {
      this.#blame(cause);
      return undefined;
    }
  }

  #endKnown(reader: ProtocolReader): StreamPart[] {
    try {
      return reader.end();
    } catch (cause) {
      this.#blame(cause);
      return [];
    }
  }

  #blame(cause: unknown): void {
    this.failure ??= new StreamError('protocol', `The dialect “${this.protocol?.name}” could not read an event.`, {
      remedy: `Its reader threw: ${String(cause)}`,
      cause,
    });
  }

  /** Before the dialect is known: what every dialect has in common. */
  #readUnknown(event: WireEvent): StreamPart[] | undefined {
    const error = readErrorPart(event);
    if (error) return [error];
    if (isEndMark(event)) {
      this.#done = true;
      return [];
    }
    const parts = readHousePart(event.json);
    if (parts) this.#understood = true;
    else this.#firstUnknown ??= event;
    return parts ?? (asObject(event.json)?.type === 'ping' ? [] : undefined);
  }

  #endUnknown(): StreamPart[] {
    return this.#done && !this.#isUnknown ? [{ type: 'finish', finishReason: 'unknown' }] : [];
  }

  /** Something came, and nobody could tell what: an end mark does not make that an answer. */
  get #isUnknown(): boolean {
    return this.#firstUnknown !== undefined && !this.#understood;
  }

  #route(parts: readonly StreamPart[], out: StreamPart[]): void {
    for (const part of parts) {
      if (part.type === 'error') this.#reported ??= part;
      this.#pass(this.#reported && saysNoReason(part) ? asFailure(part) : part, 0, out);
    }
  }

  /** Through the stages from this one on. This runs for every token: a part that no stage changes costs no array. */
  #pass(part: StreamPart, from: number, out: StreamPart[]): void {
    for (let index = from; index < this.#stages.length; index += 1) {
      const instead = this.#stages[index]!.route(part);
      if (instead === undefined) continue;
      for (const one of instead) this.#pass(one, index + 1, out);
      return;
    }
    out.push(part);
  }

  #passOver({ type, data, json }: WireEvent): StreamPart {
    const isBroken = json === undefined && /^\s*[[{"]/.test(data);
    this.#broken = isBroken ? this.#broken + 1 : 0;
    if (this.#broken >= MAX_BROKEN) {
      this.failure ??= new StreamError('protocol', `${MAX_BROKEN} events in a row are not readable.`, {
        remedy: 'Each `data:` must hold one complete JSON value; look at how the server escapes line breaks.',
      });
    }
    return { type: 'raw', name: type, data, reason: isBroken ? 'invalid-json' : 'unknown' };
  }
}

/** The first event that tells a dialect, which may have to be loaded. */
function firstClaimed(events: readonly ServerSentEvent[]): Protocol | undefined {
  for (const one of events) {
    const event = onWire(one);
    const protocol = maySayNothing(event) ? undefined : detectProtocol({ event });
    if (protocol) return protocol;
  }
  return undefined;
}

/** Whether an event is of no dialect that is known, and has nothing that all of them have in common. */
function saysNothing(event: WireEvent): boolean {
  return !(detectProtocol({ event }) ?? readErrorPart(event) ?? readHousePart(event.json)) && !isEndMark(event);
}

/** What the events of rare dialects are called that have a name. */
const RARE_NAMES = /^(thread|turn|item)\.|_event$|^(system|assistant|user|result)$/;

/** Python's agents call them by the names of classes. */
const CLASS_NAMES = /^[A-Z][a-z]/;

/**
 * Whether this is of no dialect whose signs are here, and may be of another one: those all have objects in objects, or
 * such a name, or are lists of an app's outputs.
 */
function isUnknown(one: ServerSentEvent): boolean {
  const event = onWire(one);
  if (Array.isArray(event.json)) return /^(generating|complete)$/.test(event.type);
  const object = asObject(event.json) ?? {};
  const name = kindOf(object);
  const mayBeRare = !isNamed(object) || RARE_NAMES.test(name);
  const holdsObjects = mayBeRare && Object.values(object).some((value) => typeof value === 'object');
  return (holdsObjects || CLASS_NAMES.test(name)) && saysNothing(event);
}

/** An event and what it says. Some servers pad what they send, and some write an event as the data of another one. */
function onWire({ type, data, lastEventId }: ServerSentEvent, mayHoldOne = true): WireEvent {
  const [, name = type, said = data] = (mayHoldOne && EVENT_WITHIN.exec(data)) || [];
  const isDone = said.length < 16 && said.trim() === '[DONE]';
  return { type: name, data: isDone ? '[DONE]' : said, lastEventId, json: parseJson(said) };
}

/** `data: data: {…}`: a framework that frames events was given a framed one. */
const EVENT_WITHIN = /^(?:event: ?(\S+)\s+)?data: ?([[{].*[\]}])\s*$/s;

/** An answer that has failed is at its end, too, and what is open in it is not complete. */
function asFailure(part: StreamPart): StreamPart {
  return part.type === 'finish' ? { ...part, finishReason: 'error' } : part;
}

function saysNoReason(part: StreamPart): boolean {
  return part.type === 'finish' && (part.finishReason ?? 'unknown') === 'unknown';
}

function reportedError({ errorText, errorCode }: Extract<StreamPart, { type: 'error' }>): StreamError {
  const said = errorText.trim();
  return new StreamError('protocol', said || SAID_NOTHING, {
    said: said === SAID_NOTHING ? '' : said,
    remedy: `The backend reported this in the stream${errorCode ? ` (${errorCode})` : ''}: look there.`,
  });
}

function truncated(protocol: Protocol | undefined): StreamError {
  const name = protocol?.name ?? 'generic';
  return new StreamError('truncated', 'The stream ended before its end mark: the answer may be incomplete.', {
    remedy: `A stream in the dialect “${name}” must end with its own mark${name === 'generic' ? ' (`event: done`, `data: [DONE]`)' : ''}. Look at proxy time limits, and at the server for an exception in mid-stream.`,
  });
}

function unknownDialect(event: WireEvent | undefined): StreamError {
  if (!event) {
    return new StreamError('truncated', 'The stream ended before its first event.', {
      remedy: 'The server closed the connection without an answer: look at its log.',
    });
  }
  return new StreamError('protocol', 'The stream is in a dialect that is not known here.', {
    remedy: 'Name it with `protocol`, or register your own with `protocols.register`.',
    body: `event: ${event.type}\ndata: ${event.data.slice(0, 2000)}`,
  });
}
