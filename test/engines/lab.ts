/** What the tests do within the page, whichever engine it stands in. `lab` is how a driver finds it. */
import { outerDocument } from '../../src/artifact/preview/frame/frame-document.js';
import { framePolicy } from '../../src/artifact/preview/frame/frame-policy.js';
import type { AiArtifactPanel } from '../../src/define/ai-artifact-panel.js';
import { ATTEMPTS, REACHES, type Attempt } from '../artifact/escape-attempts.js';
import { aimed, findSink, type Sink } from '../artifact/sink.js';
import '../../src/define/ai-artifact-panel.js';

/** Frames that run at a time. */
const BATCH = 10;
/** A document may take so long to begin: thirty do at a time, ten in each of three browsers. */
const START_WITHIN = 30_000;
/** So long it may try, after it has begun. */
const TRIAL = 1000;

export interface Outcome {
  /** How often the sink was reached, by the attempt's id; bare sockets as `tcp` and `udp`. */
  hits: Record<string, number>;
  /** What each attempt reported; the first word is `up`. */
  reports: Record<string, string[]>;
  page: PageState;
}

interface PageState {
  href: string;
  title: string;
  /** It is the same page as at first, not one that looks like it. */
  mark: number;
  hacked: unknown;
  dialogs: string[];
}

const mark = Math.random();
const dialogs: string[] = [];
for (const name of ['alert', 'confirm', 'prompt', 'print'] as const)
  window[name] = () => void dialogs.push(name) as never;

const pause = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time));

async function until<T>(read: () => T | undefined | null | false, what: string, within = 10_000): Promise<T> {
  const end = performance.now() + within;
  for (;;) {
    const value = read();
    if (value) return value;
    if (performance.now() > end) throw new Error(`Waited in vain for ${what}`);
    await pause(20);
  }
}

function pageState(): PageState {
  const { hacked } = window as { hacked?: unknown };
  return { href: location.href, title: document.title, mark, hacked, dialogs };
}

function openPanel(sandboxOrigin = ''): AiArtifactPanel {
  const panel = document.createElement('ai-artifact-panel');
  panel.style.blockSize = '24rem';
  panel.style.inlineSize = '40rem';
  panel.sandboxOrigin = sandboxOrigin;
  document.body.append(panel);
  return panel;
}

function closeAll(): void {
  document.querySelectorAll('ai-artifact-panel').forEach((each) => each.remove());
}

function run(panel: AiArtifactPanel, id: string, content: string): void {
  panel.apply({ type: 'artifact-start', id, kind: 'html' });
  panel.apply({ type: 'artifact-delta', id, delta: content });
  panel.apply({ type: 'artifact-end', id, status: 'complete' });
}

/** What an artifact writes to its console. */
function listen(panel: AiArtifactPanel): string[] {
  const told: string[] = [];
  panel.addEventListener('ai-artifact-console', (event) => told.push(event.args.join(' ')));
  return told;
}

const buttonIn = (panel: AiArtifactPanel, name: string): HTMLButtonElement | undefined =>
  [...panel.shadowRoot!.querySelectorAll('button')].find(
    (each) => (each.getAttribute('aria-label') ?? each.textContent ?? '').trim() === name,
  );

async function inBatches<T>(items: readonly T[], use: (item: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += BATCH) await Promise.all(items.slice(at, at + BATCH).map(use));
}

/** Runs each document in a panel of its own, gives it time, and takes it away. */
async function attempt(attempts: readonly Attempt[], prefix: string, sandboxOrigin?: string): Promise<Outcome> {
  const sink = await findSink();
  const reports: Outcome['reports'] = {};
  await inBatches(attempts, async ({ id, input }) => {
    const panel = openPanel(sandboxOrigin);
    const told = listen(panel);
    run(panel, id, aimed(input, sink.url(prefix + id), sink));
    await until(() => told.includes('RPT up'), `the document ${id} to run`, START_WITHIN).catch(() => {});
    await pause(TRIAL);
    panel.remove();
    await pause(100);
    reports[id] = told.filter((text) => text.startsWith('RPT ')).map((text) => text.slice(4));
  });
  await pause(500);
  return { hits: hitsOf(await sink.hits(), prefix), reports, page: pageState() };
}

function hitsOf(all: Record<string, number>, prefix: string): Record<string, number> {
  const own = Object.entries(all).filter(([id]) => id.startsWith(prefix) || id === 'udp' || id === 'tcp');
  return Object.fromEntries(own.map(([id, count]) => [id.startsWith(prefix) ? id.slice(prefix.length) : id, count]));
}

/** The same documents in one sandboxed frame with the same policy: what others build. */
async function attemptInSingleFrame(prefix: string): Promise<string[]> {
  const sink = await findSink();
  const leaking = ATTEMPTS.filter(({ leaksFromSingleFrame }) => leaksFromSingleFrame);
  await inBatches(leaking, async ({ id, input }) => {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    const meta = `<meta http-equiv="Content-Security-Policy" content="${framePolicy()}">`;
    frame.srcdoc = `<!doctype html>${meta}${aimed(input, sink.url(prefix + id), sink)}`;
    document.body.append(frame);
    const end = performance.now() + 5000;
    while (performance.now() < end && !(await sink.hits())[prefix + id]) await pause(100);
    frame.remove();
  });
  const hits = hitsOf(await sink.hits(), prefix);
  return leaking.filter(({ id }) => !hits[id]).map(({ id }) => id);
}

/** Has the sink serve the frame's file as a host would from its other origin, with the headers of the README. */
async function serveFrame(): Promise<string> {
  const sink: Sink = await findSink();
  const headers = {
    'content-security-policy': `${framePolicy()}; frame-ancestors ${location.origin}; sandbox allow-scripts`,
    'connection-allowlist': '(response-origin)',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
    'origin-agent-cluster': '?1',
  };
  await fetch(`${sink.origin}/frame`, {
    method: 'POST',
    body: JSON.stringify({ body: outerDocument(framePolicy()), headers }),
  });
  return sink.origin;
}

interface Hang {
  code: string;
  /** The longest that the page itself was held up, in milliseconds. */
  longest: number;
  framesAfterStop: number;
  /** The next panel asks before it runs the same document. */
  asksNext: boolean;
  /** Another document runs meanwhile. */
  othersRun: boolean;
}

/** Lets a document hang, and does what the reader is offered. */
async function hang(content: string, sandboxOrigin?: string): Promise<Hang> {
  sessionStorage.clear();
  // Previews of one page may share a process: one that stays would keep it from ending.
  closeAll();
  const panel = openPanel(sandboxOrigin);
  const told = listen(panel);
  let code = '';
  panel.addEventListener('ai-artifact-error', (event) => (code = event.code));
  run(panel, 'loop', `<script>console.log('up')</script>${content}`);
  await until(() => told.length > 0, 'the start');
  let longest = 0;
  let last = performance.now();
  const ticks = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 20);
  const stop = await until(
    () => buttonIn(panel, 'Stop')?.textContent?.includes('Stop') && buttonIn(panel, 'Stop'),
    'Stop',
    60_000,
  );
  clearInterval(ticks);
  stop.click();
  await panel.updateComplete;
  const framesAfterStop = panel.shadowRoot!.querySelectorAll('iframe').length;
  panel.remove();
  const next = openPanel(sandboxOrigin);
  run(next, 'loop', `<script>console.log('up')</script>${content}`);
  await until(() => buttonIn(next, 'Run it anyway'), 'the question');
  const asksNext = next.shadowRoot!.querySelector('iframe') === null;
  next.remove();
  const other = openPanel(sandboxOrigin);
  const otherTold = listen(other);
  run(other, 'other', "<script>console.log('ran')</script>");
  const othersRun = await until(() => otherTold.length > 0, 'another document').then(
    () => true,
    () => false,
  );
  other.remove();
  return { code, longest: Math.round(longest), framesAfterStop, asksNext, othersRun };
}

/** Shows one document, ready to be clicked, and gives the middle of its frame. */
async function show(content: string, id: string): Promise<{ x: number; y: number }> {
  closeAll();
  const sink = await findSink();
  const panel = openPanel();
  panel.style.position = 'fixed';
  panel.style.inset = '0 auto auto 0';
  shown = listen(panel);
  run(panel, 'clicked', aimed(content, sink.url(id), sink));
  await until(() => shown.includes('RPT up'), 'the document');
  await pause(150);
  const { x, y, width, height } = panel.shadowRoot!.querySelector('iframe')!.getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
}

let shown: string[] = [];

/** What the document that is shown has reported, what the reader is asked, what the sink has seen. */
async function clicked(id: string): Promise<{ told: string[]; asked: string; hits: number; page: PageState }> {
  const question = (): string =>
    document.querySelector('ai-artifact-panel')?.shadowRoot?.querySelector('[part~="link"]')?.textContent ?? '';
  const isOver = (): boolean => question() !== '' || shown.some((text) => text.startsWith('RPT click'));
  await until(isOver, 'the click', 4000).catch(() => {});
  await pause(300);
  const sink = await findSink();
  const asked = question();
  return {
    told: shown.filter((text) => text.startsWith('RPT ')).map((text) => text.slice(4)),
    asked: asked.replace(/\s+/g, ' ').trim(),
    hits: (await sink.hits())[id] ?? 0,
    page: pageState(),
  };
}

/** Runs a document and gives what it wrote, until it has written so many lines or for so long. */
async function told(content: string, lines: number, within = 5000): Promise<string[]> {
  const panel = openPanel();
  const written = listen(panel);
  run(panel, 'told', content);
  await until(() => written.length >= lines, 'all lines', within).catch(() => {});
  panel.remove();
  return written;
}

/** Runs by itself what the address names, where nothing drives the page. */
async function runAlone(): Promise<void> {
  const query = new URLSearchParams(location.search);
  const content = query.get('hang');
  if (content === null) return;
  const origin = query.has('other') ? await serveFrame() : undefined;
  const result = await hang(content, origin).catch((error: unknown) => ({ error: String(error) }));
  await fetch('/result', { method: 'POST', body: JSON.stringify(result) });
}

const lab = {
  ATTEMPTS,
  REACHES,
  attempt,
  attemptInSingleFrame,
  serveFrame,
  hang,
  show,
  clicked,
  told,
  pageState,
  openPanel,
  run,
  listen,
  until,
  pause,
};
export type Lab = typeof lab;
Object.assign(window, { lab });

void runAlone();
