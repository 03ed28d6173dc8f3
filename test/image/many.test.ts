import { expect } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';
import '../../src/define/ai-image.js';
import type { AiImage } from '../../src/image/ai-image.js';
import { FakeClock, realPause } from './fake-clock.js';
import { picture, pictureUrl, RED_PIXEL, until } from './pictures.js';

const COUNT = 1000;
const HOUR = 3600_000;

interface Heap {
  bytes: number;
  nodes: number;
  listeners: number;
}

function liveHeap(): Promise<Heap> {
  return executeServerCommand<Heap, undefined>('live-heap');
}

function thousand(endOf: (index: number) => number): AiImage[] {
  return Array.from({ length: COUNT }, (_, index) => {
    const element = document.createElement('ai-image');
    Object.assign(element, {
      src: RED_PIXEL,
      alt: '',
      width: 16,
      height: 16,
      loading: 'eager',
      expiresAt: endOf(index),
    });
    return element;
  });
}

/** Milliseconds that a thousand loads may take beside another page that keeps the machine busy. */
const PATIENCE = 60_000;

/** Puts them into the page, which is not laid out and painted anew with each that comes. */
async function show(elements: AiImage[]): Promise<HTMLElement> {
  const box = document.createElement('div');
  box.style.contentVisibility = 'hidden';
  box.append(...elements);
  document.body.append(box);
  await until(() => elements.every((element) => element.status === 'loaded'), 'all of them', PATIENCE);
  return box;
}

async function round(): Promise<void> {
  const box = await show(thousand((index) => Date.now() + HOUR + index));
  box.remove();
  await realPause(50);
}

describe('<ai-image>: a thousand on one page', () => {
  it('have one timer between them, and each ends at its own time', async () => {
    const clock = new FakeClock();
    const start = clock.time;
    const elements = thousand((index) => start + HOUR + (index % 10) * 60_000);
    try {
      await show(elements);
      expect(clock.armed).to.equal(1);
      clock.tick(HOUR + 5 * 60_000 + 100);
      expect(elements.filter((element) => element.status === 'expired')).to.have.length(COUNT * 0.6);
      expect(clock.armed).to.equal(1);
      for (const element of elements) element.remove();
      await realPause(20);
      expect(clock.armed).to.equal(0);
    } finally {
      for (const element of elements) element.remove();
      clock.restore();
    }
  }).timeout(90_000);

  it('are collected after their removal: heap, nodes and listeners come back', async () => {
    await round();
    const before = await liveHeap();
    await round();
    const after = await liveHeap();
    expect((after.bytes - before.bytes) / COUNT, 'bytes kept of each').to.be.below(200);
    expect((after.nodes - before.nodes) / COUNT, 'nodes kept of each').to.be.below(0.1);
    expect(after.listeners - before.listeners, 'listeners kept').to.be.below(10);
  }).timeout(240_000);
});

describe('<ai-image>: removal', () => {
  it('ends a load, a refresh and the timer, and frees the blob', async () => {
    const clock = new FakeClock();
    let isAborted = false;
    try {
      const element = document.createElement('ai-image');
      element.src = RED_PIXEL;
      element.expiresAt = clock.time + 1000;
      element.whenExpired = 'replace';
      element.refreshEndpoint = await pictureUrl({ mode: 'slow', delay: 3000 }, '/refresh');
      const { fetch } = globalThis;
      globalThis.fetch = (input, init) => {
        init?.signal?.addEventListener('abort', () => (isAborted = true));
        return fetch(input, init);
      };
      document.body.append(element);
      await until(() => element.status === 'loaded', 'loaded');
      clock.tick(1500);
      await until(() => element.matches(':state(refreshing)'), 'refreshing');
      globalThis.fetch = fetch;
      element.remove();
      await realPause(20);
      expect(isAborted).to.equal(true);
      expect(clock.armed).to.equal(0);
      expect(element.shadowRoot!.querySelectorAll('img')).to.have.length(0);
    } finally {
      clock.restore();
    }
  });

  it('is not the end: put back, it begins anew', async () => {
    const element = await picture({ src: RED_PIXEL, alt: '' });
    await until(() => element.status === 'loaded', 'loaded');
    element.remove();
    await realPause(20);
    document.body.append(element);
    await until(() => element.shadowRoot!.querySelector('[part="image"]'), 'loaded again');
    element.remove();
  });
});
