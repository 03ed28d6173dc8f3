import { BlockWriter } from '../parts/block-writer.js';
import { readErrorPart } from '../parts/error-part.js';
import { isArtifactType, readHousePart } from '../parts/house-parts.js';
import { finishPart, readFinishReason } from '../parts/finish-reason.js';
import { asObject, asString, type JsonObject } from '../parts/json.js';
import {
  BESIDE,
  END_NAME,
  hasThought,
  isCertain,
  isEndMark,
  isFlagged,
  isNamed,
  isReaders,
  isReasoning,
  isText,
  isWorkflowEnd,
  kindOf,
  LOOKS_LIKE_JSON,
  reasonIn,
  RUN_NAMES,
  saysDone,
  textIn,
  thoughtIn,
} from './generic-names.js';
import { usageParts } from './openai-usage.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import type { StreamPart } from '../stream-part.js';
import { Words } from '../parts/words.js';

/**
 * Server-sent events as people write them by hand:
 *
 *     event: message            data: {"content":"Hello"}         data: Hello
 *     data: {"text":"Hello"}
 *
 *     event: done
 *     data: {}
 *
 * and the end also as `data: [DONE]` or `{"done":true}`.
 */
class GenericReader implements ProtocolReader {
  finished = false;
  /** What was told by a reason alone, or by an end that may be a block's, may be one of several answers. */
  othersFollow = false;
  #finish: StreamPart = { type: 'finish', finishReason: 'stop' };
  readonly #blocks = new BlockWriter();
  /** The first text that is no JSON decides: then a `{` is text too. */
  #plain = false;
  /** A tool, an artifact or a picture has come. */
  #hasOthers = false;
  readonly #answer = new Words();
  readonly #thoughts = new Words();

  read(event: WireEvent): StreamPart[] | undefined {
    if (this.#plain && isText(event.type)) return this.#readAmongWords(event);
    const error = readErrorPart(event);
    if (error) {
      this.finished = true;
      return [...this.#close(), error];
    }
    this.#hearReason(asObject(event.json) ?? {});
    return (
      this.#passOn(readHousePart(event.json)) ??
      this.#readEnd(event) ??
      this.#readText(event) ??
      this.#readBeside(event)
    );
  }

  end(): StreamPart[] {
    return [...this.#close(), ...(this.finished ? [this.#finish] : [])];
  }

  #close(): StreamPart[] {
    return [...this.#release(), ...this.#blocks.close()];
  }

  /** What is held back was said before whatever else comes. */
  #release(): StreamPart[] {
    const thought = this.#blocks.write('reasoning', this.#thoughts.end());
    return [...thought, ...this.#blocks.write('text', this.#answer.end())];
  }

  #passOn(parts: StreamPart[] | undefined): StreamPart[] | undefined {
    if (parts?.some(({ type }) => type !== 'usage')) this.#hasOthers = true;
    return parts && [...this.#release(), ...parts];
  }

  #hearReason(object: JsonObject): void {
    const reason = isNamed(object) ? undefined : reasonIn(object);
    if (reason === undefined || readFinishReason(reason) === 'tool-calls') return;
    this.finished = this.othersFollow = true;
    this.#finish = finishPart(reason);
  }

  #readEnd(event: WireEvent): StreamPart[] | undefined {
    if (!isEndMark(event)) return undefined;
    this.finished = true;
    this.othersFollow = !isCertain(event);
    const object = asObject(event.json);
    const usage = object ? usageParts(asObject(object.metadata) ?? object) : [];
    if (!object) return usage;
    // `{"text":"!","done":true}`: the last words may come with the end mark, or all that there are.
    const isText = saysDone(object) || (this.othersFollow && this.#saysText(event.type, object));
    if (this.#answer.pieces > 0 && !isText) return usage;
    // Or all of them once more.
    const isRepeated = this.#answer.pieces > 1 && this.#answer.isAll(textIn(object) ?? '');
    return isRepeated ? usage : this.#readFields(event.type, object);
  }

  /** The end of Dify's workflows, which a message may still follow, and counts by themselves. */
  #readBeside({ json }: WireEvent): StreamPart[] | undefined {
    const object = asObject(json) ?? {};
    if (!isWorkflowEnd(object)) return undefined;
    this.finished = true;
    const { error: errorText, outputs } = asObject(object.data) ?? {};
    if (errorText && typeof errorText === 'string') return [...this.#close(), { type: 'error', errorText }];
    // Nodes that do not stream say nothing before it. What is not called as an answer is may be an id: it is the longest.
    const texts = Object.values(outputs ?? {}).map((one) => asString(one) ?? '');
    const said = textIn(asObject(outputs) ?? {}) ?? texts.sort((one, other) => other.length - one.length)[0] ?? '';
    return this.#answer.pieces > 0 ? [] : this.#say(said);
  }

  /**
   * Among plain text an object may be a model's own words. An artifact asks for nothing and runs in a sandbox; a picture
   * would be loaded from where they say, and an error speak in the interface's voice: these two are text.
   */
  #readAmongWords(event: WireEvent): StreamPart[] | undefined {
    const artifact = isArtifactType(kindOf(asObject(event.json))) ? readHousePart(event.json) : undefined;
    return this.#passOn(artifact) ?? this.#readEnd(event) ?? this.#readText(event);
  }

  #readText({ type, data, json }: WireEvent): StreamPart[] | undefined {
    const object = asObject(json);
    if (object && !this.#plain) return this.#saysText(type, object) ? this.#readFields(type, object) : undefined;
    if (typeof json === 'string' && !this.#plain) return this.#say(json);
    if (!isText(type)) return undefined;
    if (!this.#plain && LOOKS_LIKE_JSON.test(data)) return undefined;
    this.#plain = true;
    return this.#say(data);
  }

  /** What is told beside the answer (a title, what a tool does) may have a text, too, under a name that says so. */
  #saysText(type: string, object: JsonObject): boolean {
    const kind = kindOf(object);
    const name = `${type}/${kind}`;
    if (isReasoning(type, object)) return this.#thoughts.isNew(name, thoughtIn(object));
    const text = textIn(object);
    if (text === undefined || isReaders(object)) return false;
    // Where nothing else has a text, that is the answer.
    const isBeside = BESIDE.test(kind || type) && ![undefined, name].includes(this.#answer.name);
    return !isBeside && this.#answer.isNew(name, text);
  }

  /** One event may hold a thought and words of the answer; under a name that says “thinking” its text is the thought. */
  #readFields(type: string, object: JsonObject): StreamPart[] {
    const text = textIn(object) ?? '';
    if (kindOf(object) === 'message_replace') return this.#sayInstead(text);
    const isThought = isReasoning(type, object);
    const before = isThought ? this.#think(thoughtIn(object)) : [];
    return [...before, ...(isThought && !hasThought(object) ? [] : this.#say(text)), ...usageParts(object)];
  }

  /** Dify takes back what its moderation has found. */
  #sayInstead(text: string): StreamPart[] {
    const closed = this.#blocks.close();
    this.#answer.forget();
    return [...closed, { type: 'reset-step' }, ...this.#say(text)];
  }

  /** Of thoughts no version is the last one. */
  #think(text: string): StreamPart[] {
    const thought = this.#thoughts.read(text) ?? '';
    const before = thought === '' ? [] : this.#blocks.write('text', this.#answer.end());
    return [...before, ...this.#blocks.write('reasoning', thought)];
  }

  #say(said: string): StreamPart[] {
    const before = said === '' ? [] : this.#blocks.write('reasoning', this.#thoughts.end());
    const text = this.#answer.read(said);
    return [...before, ...(text === undefined ? this.#correct(said) : this.#blocks.write('text', text))];
  }

  /** Servers that say all of it each time correct what they have said. What else has come stays, if with both versions. */
  #correct(said: string): StreamPart[] {
    const closed = this.#blocks.close();
    if (this.#hasOthers) return [...closed, ...this.#blocks.write('text', said)];
    const thought = this.#blocks.write('reasoning', this.#thoughts.said);
    return [...closed, { type: 'reset-step' }, ...thought, ...this.#blocks.write('text', said)];
  }
}

/** What servers send to keep a connection, and what a model may also say. */
const SIGNS_OF_LIFE = /^("?(ping|pong|keep-?alive|heartbeat|connected|connection established|ok)"?|null)?$/i;

/** Whether an event without a name of its own may be a sign of life: only what follows it tells. */
export function maySayNothing({ type, data }: WireEvent): boolean {
  return type === 'message' && SIGNS_OF_LIFE.test(data.trim());
}

function matchesEvent({ type, json, data }: WireEvent): boolean {
  const object = asObject(json);
  if (!object) return typeof json === 'string' || (isText(type) && data !== '' && !LOOKS_LIKE_JSON.test(data));
  if (RUN_NAMES.test(kindOf(object))) return false;
  // A `type` that says more than “text” is some other dialect's.
  const said = asString(object.type);
  if (said !== undefined && !isText(said) && !END_NAME.test(said) && !isReasoning(type, object)) return false;
  return saysText(object) || isReasoning(type, object) || isWorkflowEnd(object);
}

/** A `message` or a `value` that comes with the end may be all that there is, or the last of what nobody knows. */
function saysText(object: JsonObject): boolean {
  return textIn(object) !== undefined && !(saysDone(object) && isFlagged(object));
}

export const generic: Protocol = {
  name: 'generic',
  matchesEvent,
  createReader: () => new GenericReader(),
};

/** Whether it is a dialect of somebody's: these two are anybody's, and a model may write what looks like them. */
export function isOwn(protocol: Protocol | undefined): boolean {
  return protocol !== undefined && protocol !== generic && protocol.name !== 'wrapped';
}
