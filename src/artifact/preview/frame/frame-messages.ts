import type { ConsoleLevel } from '../../../events.js';

/** What the frame may say. Anything else is as if it had not been said. */
export type FrameMessage =
  | { type: 'pong'; dropped: number }
  | { type: 'loaded' }
  | { type: 'alive' }
  | { type: 'escape' }
  | { type: 'console'; level: ConsoleLevel; args: string[] }
  | { type: 'error'; message: string; line?: number; column?: number; stack?: string }
  | { type: 'policy'; directive: string; address: string }
  | { type: 'link'; url: string }
  | { type: 'scroll'; x: number; y: number }
  | { type: 'size'; width: number; height: number };

/** The most characters that one message may carry. */
export const LONGEST_MESSAGE = 8192;
const MOST_ARGUMENTS = 24;
const LEVELS: ReadonlySet<string> = new Set<ConsoleLevel>(['debug', 'log', 'info', 'warn', 'error']);

type Fields = Record<string, unknown>;

/** Reads a message by its schema; the result holds no value and no object that is not named there. */
export function readFrameMessage(data: unknown): FrameMessage | undefined {
  if (typeof data !== 'object' || data === null || !Object.hasOwn(data, 'type')) return undefined;
  const fields = data as Fields;
  switch (fields['type']) {
    case 'loaded':
    case 'alive':
    case 'escape':
      return { type: fields['type'] };
    case 'pong':
      return { type: 'pong', dropped: numberOf(fields, 'dropped') ?? 0 };
    case 'console':
      return readConsole(fields);
    case 'error':
      return readError(fields);
    case 'policy':
      return { type: 'policy', directive: textOf(fields, 'directive') ?? '', address: textOf(fields, 'address') ?? '' };
    case 'link':
      return readLink(fields);
    case 'scroll':
      return { type: 'scroll', x: numberOf(fields, 'x') ?? 0, y: numberOf(fields, 'y') ?? 0 };
    case 'size':
      return { type: 'size', width: numberOf(fields, 'width') ?? 0, height: numberOf(fields, 'height') ?? 0 };
    default:
      return undefined;
  }
}

function readConsole(fields: Fields): FrameMessage | undefined {
  const level = textOf(fields, 'level') ?? '';
  const given = fields['args'];
  if (!LEVELS.has(level) || !Array.isArray(given)) return undefined;
  const args = given.slice(0, MOST_ARGUMENTS).filter((arg): arg is string => typeof arg === 'string');
  const length = args.reduce((sum, arg) => sum + arg.length, 0);
  return length > LONGEST_MESSAGE ? undefined : { type: 'console', level: level as ConsoleLevel, args };
}

function readError(fields: Fields): FrameMessage | undefined {
  const message = textOf(fields, 'message');
  if (message === undefined) return undefined;
  const line = numberOf(fields, 'line');
  const column = numberOf(fields, 'column');
  const stack = textOf(fields, 'stack');
  return {
    type: 'error',
    message,
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
    ...(stack !== undefined && { stack }),
  };
}

function readLink(fields: Fields): FrameMessage | undefined {
  const url = textOf(fields, 'url');
  return url !== undefined && /^(https?|mailto):/i.test(url) ? { type: 'link', url } : undefined;
}

function textOf(fields: Fields, name: string): string | undefined {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return typeof value === 'string' && value.length <= LONGEST_MESSAGE ? value : undefined;
}

function numberOf(fields: Fields, name: string): number | undefined {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Lets a burst through, then so many a second. */
export class RateLimit {
  readonly #burst: number;
  readonly #perSecond: number;
  #budget: number;
  #last = performance.now();

  constructor(burst: number, perSecond: number) {
    this.#burst = burst;
    this.#perSecond = perSecond;
    this.#budget = burst;
  }

  allows(now = performance.now()): boolean {
    this.#budget = Math.min(this.#burst, this.#budget + ((now - this.#last) * this.#perSecond) / 1000);
    this.#last = now;
    if (this.#budget < 1) return false;
    this.#budget -= 1;
    return true;
  }
}
