import { expect, fixture, html } from '@open-wc/testing';
import {
  AiEventEvent,
  AiFinishEvent,
  AiPartEvent,
  AiRequestEvent,
  replayRecording,
  type Recording,
} from '../../src/core.js';
import '../../src/define/ai-stream-inspector.js';
import type { AiStreamInspector } from '../../src/define/ai-stream-inspector.js';
import { InspectorLog } from '../../src/inspector/inspector-log.js';
import { settle } from '../support/scripted-fetch.js';
import { watchGlobals } from '../support/watch-globals.js';

const MiB = 1024 * 1024;
const wire = (data: string) => new AiEventEvent({ name: 'message', data, json: undefined, lastEventId: '' });
const heldBy = (log: InspectorLog) => log.rows.reduce((sum, { detail }) => sum + detail.length, 0);

describe('what the inspector keeps', () => {
  it('is bounded by rows, the newest staying', () => {
    const log = new InspectorLog();
    for (let index = 0; index < 5000; index += 1) {
      log.take(wire(`${index}`));
      expect(log.rows.length).to.be.below(2000);
    }
    expect(log.rows.at(-1)!.detail).to.equal('4999');
  });

  it('is bounded by what the rows hold', () => {
    const log = new InspectorLog();
    for (let index = 0; index < 100; index += 1) {
      log.take(wire(`${index}`.padEnd(MiB)));
      expect(heldBy(log)).to.be.at.most(16 * MiB);
    }
    expect(log.rows.length).to.be.at.least(8);
    expect(log.rows.at(-1)!.detail.trim()).to.equal('99');
  });

  it('keeps one event that is longer than that, and goes on after it', () => {
    const log = new InspectorLog();
    log.take(wire('small'));
    log.take(wire('x'.repeat(20 * MiB)));
    expect(log.rows).to.have.lengthOf(1);
    log.take(wire('after'));
    expect(log.rows.at(-1)!.detail).to.equal('after');
  });
});

describe('what the inspector shows', () => {
  const evil = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>';
  const trap: any = { nodeType: 1, _$litType$: 1, toString: 1 };
  const message: any = { id: 'm', role: 'assistant', parts: [], metadata: { a: trap } };
  const deep = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`);

  async function shownFor(...news: Event[]): Promise<HTMLElement[]> {
    const page = await fixture(
      html`<div>
        <ai-stream-inspector></ai-stream-inspector>
        <p></p>
      </div>`,
    );
    const inspector = page.querySelector<AiStreamInspector>('ai-stream-inspector')!;
    await inspector.updateComplete;
    for (const filter of inspector.shadowRoot!.querySelectorAll('input'))
      if (filter.name && !filter.checked) filter.click();
    for (const one of news) page.querySelector('p')!.dispatchEvent(one);
    await inspector.updateComplete;
    return [...inspector.shadowRoot!.querySelectorAll('li')];
  }

  it('has nothing left in the page of rows that have gone', async () => {
    const inspector = await fixture<AiStreamInspector>(html`<ai-stream-inspector></ai-stream-inspector>`);
    const nodesAfter = async (count: number): Promise<number> => {
      for (let at = 0; at < count; at += 1) inspector.dispatchEvent(wire(`${at}`));
      await inspector.updateComplete;
      const list = inspector.shadowRoot!.querySelector('.rows')!;
      return list.childNodes.length / list.children.length;
    };
    const before = await nodesAfter(1500);
    expect(await nodesAfter(1500)).to.be.closeTo(before, 0.1);
  });

  it('is text, whatever was sent', async () => {
    const rows = await shownFor(
      new AiEventEvent({ name: evil, data: evil, json: undefined, lastEventId: evil }),
      new AiPartEvent({ part: { type: evil as 'raw', name: evil, data: evil, reason: 'unknown' }, message }),
      new AiPartEvent({ part: { type: 'data-x', data: deep }, message }),
      new AiPartEvent({ part: { type: trap, data: 1 } as any, message }),
      new AiFinishEvent({ message, finishReason: trap, stopped: false }),
      new AiRequestEvent({ request: { url: evil, method: 'POST', headers: new Headers(), body: deep }, messages: [] }),
    );
    expect(rows).to.have.lengthOf(6);
    for (const row of rows) expect(row.querySelector('img, script')).to.equal(null);
    expect((window as any).ran).to.equal(undefined);
  });

  it('is not the whole of a long event, which the recording has', async () => {
    const [row] = await shownFor(wire('x'.repeat(MiB)));
    expect(row!.textContent!.length).to.be.below(30_000);
  });
});

describe('an inspector whose rows take long to draw', () => {
  it('leaves most of the time to the page, and shows all in the end', async () => {
    const inspector = await fixture<AiStreamInspector>(html`<ai-stream-inspector></ai-stream-inspector>`);
    let drawings = 0;
    const strings = {
      get record() {
        const end = performance.now() + 20;
        while (performance.now() < end);
        return `${(drawings += 1)}`;
      },
    };
    Object.assign(inspector, { strings });
    await inspector.updateComplete;
    drawings = 0;
    const begun = performance.now();
    for (let count = 0; count < 40; count += 1) {
      document.body.dispatchEvent(wire(`${count}`));
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    // Each drawing is followed by a pause of three times its length.
    expect(drawings).to.be.at.most((performance.now() - begun) / 60 + 2);
    await inspector.updateComplete;
    expect(inspector.shadowRoot!.querySelectorAll('li')).to.have.lengthOf(40);
  });
});

describe('a replay that nobody reads any more', () => {
  const slow: Recording = {
    version: 1,
    events: [
      { type: 'message', data: 'a', lastEventId: '', at: 0 },
      { type: 'message', data: 'b', lastEventId: '', at: 1e13 },
    ],
  };

  it('leaves no timer behind', async () => {
    const { setTimeout: original, clearTimeout: originalClear } = window;
    const running = new Set<number>();
    Object.assign(window, {
      setTimeout: (task: () => void, delay: number) => {
        const id = original(task, delay);
        if (delay > 1000) running.add(id);
        return id;
      },
      clearTimeout: (id: number) => (running.delete(id), originalClear(id)),
    });
    try {
      const reader = replayRecording(slow).getReader();
      await reader.read();
      void reader.read();
      await settle();
      expect(running.size).to.equal(1);
      await reader.cancel();
      expect(running.size).to.equal(0);
    } finally {
      Object.assign(window, { setTimeout: original, clearTimeout: originalClear });
    }
  });

  it('ends at once with its signal', async () => {
    const controller = new AbortController();
    const reader = replayRecording(slow, { signal: controller.signal }).getReader();
    await reader.read();
    const rest = reader.read();
    controller.abort();
    expect((await rest).done).to.equal(true);
  });

  it('into a chat that is busy is told in the console, not thrown at the page', async () => {
    const globals = watchGlobals();
    const inspector = await fixture<AiStreamInspector>(html`<ai-stream-inspector for="nobody"></ai-stream-inspector>`);
    const input = inspector.shadowRoot!.querySelector<HTMLInputElement>('input[type="file"]')!;
    const files = new DataTransfer();
    files.items.add(new File([JSON.stringify({ version: 1, events: [] })], 'a.json'));
    input.files = files.files;
    input.dispatchEvent(new Event('change'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    globals.stop();
    expect(globals.rejections).to.deep.equal([]);
  });

  it('is refused where its dialect is no name', async () => {
    const inspector = await fixture<AiStreamInspector>(html`<ai-stream-inspector></ai-stream-inspector>`);
    let error: unknown;
    await inspector.replay({ ...slow, protocol: 5 as never }).catch((thrown) => (error = thrown));
    expect(error).to.be.instanceOf(TypeError);
  });
});
