import createDOMPurify from 'dompurify';
import { Marked } from 'marked';
import * as smd from 'streaming-markdown';
import { drawStreamdown } from './streamdown-peer.mjs';
import '../src/define/ai-markdown.js';
import { deltas, documents } from './documents.mjs';

/** Takes a text in pieces and shows it in a box; `end` when it is complete. */
interface Peer {
  write(text: string): void;
  end(): void;
}

type Peers = Record<string, (box: HTMLElement, whole: string) => Peer | Promise<Peer>>;

const marked = new Marked({ gfm: true });
const purify = createDOMPurify(window);
const nothing = (): void => undefined;

function markup(text: string): string {
  return purify.sanitize(marked.parse(text, { async: false }));
}

const peers: Peers = {
  /** The harness alone. */
  null: () => ({ write: nothing, end: nothing }),
  /** The limit: parsed, sanitized and set once, when all is there; no delta is dealt out to it. */
  oneshot: (box, whole) => ({
    write: nothing,
    end: () => {
      box.innerHTML = markup(whole);
    },
  }),
  ours: markdownElement,
  /** The same in a page that has had no idle time: `markdown.mjs` grants it none. */
  cold: markdownElement,
  /** The floor of painting: the finished tree is known, and its blocks are only revealed. */
  reveal: (box, whole) => revealer(box, whole),
  naive: (box) => {
    let text = '';
    const draw = (): void => {
      box.innerHTML = markup(text);
    };
    return {
      write: (piece) => {
        text += piece;
        draw();
      },
      end: draw,
    };
  },
  smd: (box) => {
    const parser = smd.parser(smd.default_renderer(box));
    return { write: (piece) => smd.parser_write(parser, piece), end: () => smd.parser_end(parser) };
  },
  'smd-purify': (box) => {
    const parser = smd.parser(smd.default_renderer(box));
    let text = '';
    return {
      write: (piece) => {
        text += piece;
        purify.sanitize(text);
        if (purify.removed.length === 0) smd.parser_write(parser, piece);
      },
      end: () => smd.parser_end(parser),
    };
  },
  streamdown: async (box) => {
    const draw = await drawStreamdown(box);
    let text = '';
    return {
      write: (piece) => {
        text += piece;
        draw(text);
      },
      end: nothing,
    };
  },
};

async function markdownElement(box: HTMLElement): Promise<Peer> {
  const element = document.createElement('ai-markdown');
  element.streaming = true;
  box.append(element);
  await element.updateComplete;
  return element;
}

function revealer(box: HTMLElement, whole: string): Peer {
  const template = document.createElement('template');
  template.innerHTML = markup(whole);
  const leaves: [Node, Node, string][] = [];
  collect(template.content, box, leaves);
  const total = leaves.reduce((sum, [, , text]) => sum + text.length, 0);
  const share = total / whole.length;
  let due = 0;
  let frame = 0;
  const show = (): void => {
    frame = 0;
    while (leaves.length > 0 && due > 0) due -= revealSome(leaves, due);
  };
  return {
    write: (piece) => {
      due += piece.length * share;
      frame ||= requestAnimationFrame(show);
    },
    end: () => {
      due = Infinity;
      show();
    },
  };
}

/** Copies the tree without its texts; each text waits for its turn, and its elements with it. */
function collect(from: Node, to: Node, leaves: [Node, Node, string][]): void {
  for (const child of from.childNodes) {
    if (child instanceof Text) leaves.push([to, document.createTextNode(''), child.data]);
    else {
      const copy = child.cloneNode(false);
      leaves.push([to, copy, '']);
      collect(child, copy, leaves);
    }
  }
}

function revealSome(leaves: [Node, Node, string][], due: number): number {
  const [parent, node, text] = leaves[0]!;
  if (!node.parentNode) parent.appendChild(node);
  if (text === '') {
    leaves.shift();
    return 0;
  }
  const shown = text.slice(0, Math.ceil(Math.min(due, text.length)));
  (node as Text).appendData(shown);
  if (shown.length === text.length) leaves.shift();
  else leaves[0]![2] = text.slice(shown.length);
  return shown.length;
}

export interface Run {
  document: string;
  size: number;
  peer: string;
  /** Tokens a second dealt out to frames; 0 for one after the other as fast as the page takes them. */
  pace: number;
  /** Scroll to the end at each frame. */
  follow: boolean;
  limit: number;
}

export interface Result {
  /** How much of the text was written before the time was up. */
  share: number;
  longest: number;
  tasksOver50: number;
  /** Milliseconds that 95 of 100 frames stay below, from their first callback to their last paint. */
  p95: number;
  /** Milliseconds from a piece that is written to when it is drawn, for 95 of 100 drawings; 0 where that is not looked at. */
  late: number;
  added: number;
  removed: number;
  nodes: number;
}

const tasks = new MessageChannel();
let nextInLine: () => void = nothing;
tasks.port1.addEventListener('message', () => nextInLine());
tasks.port1.start();
const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    nextInLine = resolve;
    tasks.port2.postMessage(0);
  });
/** Calls back when the frame that is being made has been painted. */
const paint = new MessageChannel();
paint.port1.start();
function afterPaint(tell: () => void): void {
  paint.port1.addEventListener('message', tell, { once: true });
  paint.port2.postMessage(0);
}
const nextFrame = (): Promise<number> => new Promise((resolve) => void requestAnimationFrame(resolve));

let box: HTMLElement;
let peer: Peer;
let pieces: string[];
let current: Run;

/** Everything that is not to be measured: the document, the library, the style sheet. */
async function prepare(run: Run): Promise<void> {
  current = run;
  const text = documents[run.document]!(run.size);
  pieces = deltas(text);
  const host = document.createElement('div');
  document.body.append(host);
  box = document.createElement('div');
  host.append(box);
  peer = await peers[run.peer]!(box, text);
}

async function measure(): Promise<Result> {
  const { pace, follow, limit } = current;
  const watch = observe();
  const started = performance.now();
  let at = current.peer === 'oneshot' ? pieces.length : 0;
  let owed = 0;
  while (at < pieces.length && performance.now() - started < limit) {
    if (pace === 0) peer.write(pieces[at++]!);
    else {
      for (owed += pace / 60; owed >= 1 && at < pieces.length; owed -= 1) {
        watch.written();
        peer.write(pieces[at++]!);
      }
      if (follow) scrollTo(0, document.documentElement.scrollHeight);
    }
    await (pace === 0 ? nextTask() : nextFrame().then(watch.frame));
  }
  if (at >= pieces.length) peer.end();
  // A text of ours that is long is drawn to its end over some frames.
  await box.querySelector('ai-markdown')?.updateComplete;
  await nextFrame();
  await nextFrame();
  return watch.result(at / pieces.length);
}

function observe() {
  let added = 0;
  let removed = 0;
  let writtenAt: number | undefined;
  const waits: number[] = [];
  const mutations = new MutationObserver((records) => {
    if (writtenAt !== undefined) waits.push(performance.now() - writtenAt);
    writtenAt = undefined;
    for (const record of records) {
      for (const node of record.addedNodes) added += sizeOf(node);
      removed += record.removedNodes.length;
    }
  });
  const root = box.querySelector('ai-markdown')?.shadowRoot?.querySelector('.markdown') ?? box;
  if (current.size <= 20_000) mutations.observe(root, { childList: true, characterData: true, subtree: true });
  const frames: number[] = [];
  const tasks: number[] = [];
  const long = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration)));
  long.observe({ type: 'longtask' });
  return {
    written(): void {
      writtenAt ??= performance.now();
    },
    frame(): void {
      const start = performance.now();
      afterPaint(() => frames.push(performance.now() - start));
    },
    result(share: number): Result {
      mutations.disconnect();
      long.disconnect();
      frames.sort((a, b) => a - b);
      waits.sort((a, b) => a - b);
      return {
        share,
        longest: Math.max(0, ...tasks),
        tasksOver50: tasks.length,
        p95: frames[Math.floor(frames.length * 0.95)] ?? 0,
        late: waits[Math.floor(waits.length * 0.95)] ?? 0,
        added,
        removed,
        nodes: sizeOf(root) - 1,
      };
    },
  };
}

function sizeOf(node: Node): number {
  let count = 1;
  const walker = document.createTreeWalker(node);
  while (walker.nextNode()) count += 1;
  return count;
}

Object.assign(window, { bench: { prepare, measure } });
