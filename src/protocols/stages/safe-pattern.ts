/**
 * A model's regular expression, run so that it cannot hang the page: a sequence of characters and classes, each of them
 * repeated at most by itself. Groups, alternatives and references are refused. A place in the text and a step of the
 * pattern are tried together once, so that the cost is their product whatever the pattern.
 */
interface Step {
  matches(char: string): boolean;
  kind: 'one' | 'star' | 'optional' | 'start' | 'end';
  isLazy: boolean;
}

export interface Range {
  from: number;
  to: number;
}

const MAX_STEPS = 500;
/** Places times steps that are tried at most. */
const MAX_TRIES = 20_000_000;

const ATOM = /(?<class>\[\^?\]?(?:\\[^]|[^\]\\])*\])|\\(?<escaped>[^])|(?<refused>[[(){}|*+?])|(?<plain>[^])/y;
const QUANTIFIER = /(?:(?<mark>[*+?])|\{(?<min>\d*)(?:(?<comma>,)(?<max>\d*))?\})(?<lazy>\??)/y;

/** Where the pattern is found, in order. Undefined where it is not one that is run. */
export function findPattern(pattern: string, text: string): Range[] | undefined {
  const steps = stepsOf(pattern);
  if (!steps || steps.length * (text.length + 1) > MAX_TRIES) return undefined;
  const tried = new Uint8Array(steps.length * (text.length + 1));
  const found: Range[] = [];
  for (let from = 0; from <= text.length;) {
    const to = matchFrom(from, text, steps, tried);
    if (to !== undefined && to > from) found.push({ from, to });
    from = to === undefined ? from + 1 : Math.max(to, from + 1);
  }
  return found;
}

/** The end of the match that begins here. What has been tried and failed fails from wherever it is come to. */
function matchFrom(start: number, text: string, steps: Step[], tried: Uint8Array): number | undefined {
  const open: number[] = [start, 0];
  while (open.length > 0) {
    const index = open.pop()!;
    const at = open.pop()!;
    if (index === steps.length) return at;
    const key = at * steps.length + index;
    if (tried[key] === 1) continue;
    tried[key] = 1;
    // The last one is tried first.
    open.push(...waysOn(steps[index]!, at, index, text));
  }
  return undefined;
}

function waysOn(step: Step, at: number, index: number, text: string): number[] {
  const past = [at, index + 1];
  if (step.kind === 'start') return at === 0 || text[at - 1] === '\n' ? past : [];
  if (step.kind === 'end') return at === text.length || text[at] === '\n' ? past : [];
  if (at >= text.length || !step.matches(text[at]!)) return step.kind === 'one' ? [] : past;
  const taken = [at + 1, step.kind === 'star' ? index : index + 1];
  if (step.kind === 'one') return taken;
  return step.isLazy ? [...taken, ...past] : [...past, ...taken];
}

function stepsOf(pattern: string): Step[] | undefined {
  const steps: Step[] = [];
  for (let at = 0; at < pattern.length;) {
    const atom = matchAt(ATOM, pattern, at);
    const step = atom && stepOf(atom);
    if (!step) return undefined;
    at += atom[0].length;
    const quantifier = matchAt(QUANTIFIER, pattern, at);
    const repeated = quantifier ? repeat(step, quantifier) : [step];
    if (!repeated || steps.length + repeated.length > MAX_STEPS) return undefined;
    at += quantifier?.[0].length ?? 0;
    steps.push(...repeated);
  }
  return steps;
}

function matchAt(sticky: RegExp, text: string, at: number): RegExpExecArray | null {
  sticky.lastIndex = at;
  return sticky.exec(text);
}

function stepOf({ groups = {} }: RegExpExecArray): Step | undefined {
  const { class: set, escaped, refused, plain } = groups;
  if (refused !== undefined) return undefined;
  if (plain === '^') return step(() => false, 'start');
  if (plain === '$') return step(() => false, 'end');
  if (plain === '.') return step((char) => char !== '\n');
  if (plain !== undefined) return step((char) => char === plain);
  if (set === undefined && /[1-9AbBZzGkpPuxcN0]/.test(escaped!)) return undefined;
  if (set === undefined && !/\w/.test(escaped!)) return step((char) => char === escaped);
  try {
    // One character against one class: nothing in it can go on.
    const one = new RegExp(`^${set ?? `\\${escaped!}`}$`);
    return step((char) => one.test(char));
  } catch {
    return undefined;
  }
}

function step(matches: Step['matches'], kind: Step['kind'] = 'one'): Step {
  return { matches, kind, isLazy: false };
}

function repeat(step: Step, { groups = {} }: RegExpExecArray): Step[] | undefined {
  const [least, most] = bounds(groups);
  if (step.kind !== 'one' || most < least || least > MAX_STEPS) return undefined;
  const isLazy = groups.lazy === '?';
  const once = Array<Step>(least).fill(step);
  if (most === Infinity) return [...once, { ...step, kind: 'star', isLazy }];
  if (most > MAX_STEPS) return undefined;
  return [...once, ...Array<Step>(most - least).fill(optional(step, isLazy))];
}

function optional(step: Step, isLazy: boolean): Step {
  return { ...step, kind: 'optional', isLazy };
}

const MARKS = new Map<string | undefined, [number, number]>([
  ['*', [0, Infinity]],
  ['+', [1, Infinity]],
  ['?', [0, 1]],
]);

/** How often at least and at most. */
function bounds({ mark, min = '', comma, max = '' }: Record<string, string>): [number, number] {
  const marked = MARKS.get(mark);
  if (marked) return marked;
  if (min === '' && max === '') return [1, 0];
  return [Number(min), max !== '' ? Number(max) : comma ? Infinity : Number(min)];
}
