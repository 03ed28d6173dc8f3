import { aTimeout, expect, fixture, html } from '@open-wc/testing';
import { framePolicy } from '../../src/artifact/preview/frame-policy.js';
import type { AiArtifactPanel } from '../../src/define/ai-artifact-panel.js';
import type { AiArtifactConsoleEvent } from '../../src/events.js';
import { sharedJson } from '../support/shared.js';
import { ATTEMPTS, REACHES, script, type Attempt } from './escape-attempts.js';
import { eventually } from './panel-fixture.js';
import { aimed, findSink, type Sink } from './sink.js';
import '../../src/define/ai-artifact-panel.js';

/** Frames that run at a time. */
const BATCH = 8;
/** So long a document may try, after it has loaded. */
const TRIAL = 900;

interface Vector {
  id: string;
  input: string;
  must_not: string[];
}

/** A TCP connection is opened for `preconnect` before any script could take the link out: the README says so. */
const RESIDUAL = new Set(['art-link-preconnect']);

async function inBatches<T>(items: readonly T[], use: (item: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += BATCH) await Promise.all(items.slice(at, at + BATCH).map(use));
}

describe('A preview', () => {
  let sink: Sink;
  const reports = new Map<string, string[]>();
  const dialogs: string[] = [];
  const own = { alert, confirm, prompt, open, href: location.href, title: document.title };

  before(async () => {
    sink = await findSink();
    window.alert = () => void dialogs.push('alert');
    window.confirm = () => Boolean(dialogs.push('confirm'));
    window.prompt = () => String(dialogs.push('prompt'));
  });

  after(() => {
    Object.assign(window, { alert: own.alert, confirm: own.confirm, prompt: own.prompt });
  });

  /** Runs a document in a panel, gives it time, and takes the panel away. */
  async function attempt({ id, input }: Attempt): Promise<void> {
    const panel = document.createElement('ai-artifact-panel');
    panel.style.blockSize = '16rem';
    panel.addEventListener('ai-artifact-console', (event: AiArtifactConsoleEvent) => {
      const text = event.args.join(' ');
      if (text.startsWith('RPT ')) reports.set(id, [...(reports.get(id) ?? []), text.slice(4)]);
    });
    document.body.append(panel);
    panel.apply({ type: 'artifact-start', id, kind: 'html' });
    panel.apply({ type: 'artifact-delta', id, delta: aimed(input, sink.url(id), sink) });
    panel.apply({ type: 'artifact-end', id, status: 'complete' });
    await eventually(() => reports.get(id), `the document ${id} to run`);
    await aTimeout(TRIAL);
    panel.remove();
    await aTimeout(100);
  }

  describe('reaches no server', () => {
    let hits: Record<string, number>;
    const vectors: Vector[] = [];

    before(async function () {
      this.timeout(120_000);
      vectors.push(...((await sharedJson<Vector[]>('vectors/artifact-escape.json')) ?? []));
      await inBatches([...ATTEMPTS, ...REACHES, ...vectors], attempt);
      await aTimeout(500);
      hits = await sink.hits();
    });

    for (const { id } of ATTEMPTS) {
      it(id, () => expect(hits[id] ?? 0).to.equal(0));
    }

    for (const { id } of REACHES) {
      it(`nor the page or the browser: ${id}`, () => {
        expect(reports.get(id), 'it ran').to.have.length.greaterThan(1);
        expect(reports.get(id)!.filter((text) => text.startsWith('ESCAPE'))).to.deep.equal([]);
      });
    }

    it('by any of the shared attempts', function () {
      if (vectors.length === 0) this.skip();
      const reached = vectors.filter(({ id }) => hits[id]).map(({ id }) => id);
      const escaped = vectors.filter(({ id }) => reports.get(id)?.some((text) => text.startsWith('ESCAPE')));
      expect(reached.filter((id) => !RESIDUAL.has(id))).to.deep.equal([]);
      expect(escaped).to.deep.equal([]);
    });

    it('over UDP', () => expect(hits['udp'] ?? 0).to.equal(0));

    it('and leaves the page as it was: no dialog, no navigation', () => {
      expect(dialogs).to.deep.equal([]);
      expect(location.href).to.equal(own.href);
      expect(document.title).to.equal(own.title);
    });
  });

  it('would reach it from a single frame, which shows that the sink sees what there is to see', async function () {
    this.timeout(60_000);
    const leaking = ATTEMPTS.filter(({ leaksFromSingleFrame }) => leaksFromSingleFrame);
    await inBatches(leaking, async ({ id, input }) => {
      const frame = document.createElement('iframe');
      frame.setAttribute('sandbox', 'allow-scripts');
      const meta = `<meta http-equiv="Content-Security-Policy" content="${framePolicy()}">`;
      frame.srcdoc = `<!doctype html>${meta}${aimed(input, sink.url(`single.${id}`), sink)}`;
      document.body.append(frame);
      const end = performance.now() + 5000;
      while (performance.now() < end && !(await sink.hits())[`single.${id}`]) await aTimeout(100);
      frame.remove();
    });
    const hits = await sink.hits();
    expect(leaking.filter(({ id }) => !hits[`single.${id}`]).map(({ id }) => id)).to.deep.equal([]);
  });

  it('does not fill the history, however often it is run and whatever states it pushes', async () => {
    const before = history.length;
    for (let n = 0; n < 3; n++) {
      await attempt({
        id: `history-${n}`,
        input: script('for (let n = 0; n < 20; n++) history.pushState({n}, "", "#" + n)'),
      });
    }
    // Sixty states were pushed. One or two entries may be late navigations of the attempts before this one.
    expect(history.length - before).to.be.below(10);
  });

  it('runs what it may run: scripts, storage in memory, forms that a script handles, links within the page', async () => {
    const panel = await fixture<AiArtifactPanel>(html`<ai-artifact-panel></ai-artifact-panel>`);
    const told: string[] = [];
    panel.addEventListener('ai-artifact-console', (event) => told.push(event.args.join(' ')));
    panel.apply({ type: 'artifact-start', id: 'works', kind: 'html' });
    panel.apply({
      type: 'artifact-delta',
      id: 'works',
      delta: `<form onsubmit="event.preventDefault(); console.log('submitted', new FormData(this).get('task'))">
        <input name="task" value="milk" required><button>Add</button></form><a href="#deep">down</a><div style="height:3000px"></div><p id="deep">deep</p>
        <script>localStorage.setItem('a', 1); localStorage.b = 2; console.log('storage', localStorage.a, localStorage.getItem('b'), localStorage.length, 'c' in localStorage);
        document.querySelector('button').click(); document.querySelector('a').click(); setTimeout(() => console.log('scrolled', scrollY > 100), 50);
        history.pushState({}, '', '/x'); addEventListener('hashchange', () => console.log('hash', location.hash));
        setTimeout(() => { location.hash = 'route' }, 80); console.log('eval', eval('1 + 1'));</script>`,
    });
    panel.apply({ type: 'artifact-end', id: 'works' });
    await eventually(() => told.length >= 5, 'all five lines');
    expect(told).to.include.members([
      'submitted milk',
      'storage 1 2 2 false',
      'scrolled true',
      'eval 2',
      'hash #route',
    ]);
  });
});
