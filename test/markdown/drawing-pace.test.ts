import { expect } from '@open-wc/testing';
import { MarkdownRenderer } from '../../src/markdown/markdown-renderer.js';

const nextFrame = (): Promise<number> => new Promise((resolve) => void requestAnimationFrame(resolve));

/** A page behind another has no frames, and a busy machine hardly any: then there is nothing to tell apart. */
async function hasFrames(): Promise<boolean> {
  const frames = (async () => {
    for (let count = 0; count < 10; count += 1) await nextFrame();
    return true;
  })();
  return Promise.race([frames, new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 1000))]);
}

describe('when text is drawn', function () {
  this.timeout(60_000);

  before(async function () {
    if (!(await hasFrames())) this.skip();
  });

  let container: HTMLElement;
  let renderer: MarkdownRenderer;
  let draws = 0;
  let observer: MutationObserver;

  beforeEach(() => {
    container = document.createElement('div');
    document.body.append(container);
    renderer = new MarkdownRenderer(container);
    draws = 0;
    observer = new MutationObserver(() => (draws += 1));
    observer.observe(container, { childList: true, subtree: true, characterData: true });
  });

  afterEach(() => {
    observer.disconnect();
    renderer.destroy();
    container.remove();
    document.body.style.paddingTop = '';
    scrollTo(0, 0);
  });

  /** Writes so many words with each frame and tells how often they were drawn meanwhile. */
  async function drawsIn(frames: number, words = 1): Promise<number> {
    draws = 0;
    for (let count = 0; count < frames; count += 1) {
      renderer.write('*word* '.repeat(words));
      await nextFrame();
    }
    return draws;
  }

  it('what is in sight comes at once, what comes fast and far below it in a few steps, and all of it in the end', async () => {
    await drawsIn(10, 6);
    const near = await drawsIn(60, 6);
    document.body.style.paddingTop = `${3 * innerHeight}px`;
    await drawsIn(10, 6);
    const far = await drawsIn(60, 6);
    expect(near).to.be.above(4 * far);
    renderer.end();
    expect(container.querySelectorAll('em')).to.have.length(840);
  });

  /** How often as many words are drawn near and far away. */
  async function drawsNearAndFar(): Promise<[near: number, far: number]> {
    document.body.style.paddingTop = '';
    await drawsIn(10);
    const near = await drawsIn(60);
    document.body.style.paddingTop = `${3 * innerHeight}px`;
    await drawsIn(10);
    return [near, await drawsIn(60)];
  }

  it('words that come as one reads wait for the fourth frame where they are far away', async () => {
    // Two slow frames of a busy machine take as long as four: then it is seen again.
    for (let tries = 0; tries < 8; tries += 1) {
      const begun = performance.now();
      const [near, far] = await drawsNearAndFar();
      const isQuick = (performance.now() - begun) / 140 < 19;
      if (!isQuick && tries < 7) continue;
      expect(near).to.be.above(1.5 * far);
      expect(far).to.be.above(8);
      return;
    }
  });

  it('and the window that it stands in says what is far away', async () => {
    const frame = document.createElement('iframe');
    frame.style.height = `${4 * innerHeight}px`;
    document.body.append(frame);
    try {
      const { body } = frame.contentDocument!;
      body.style.paddingTop = document.body.style.paddingTop = `${3 * innerHeight}px`;
      body.append(container);
      await drawsIn(10, 6);
      const near = await drawsIn(60, 6);
      document.body.prepend(container);
      await drawsIn(10, 6);
      expect(near).to.be.above(2 * (await drawsIn(60, 6)));
    } finally {
      frame.remove();
    }
  });

  it('comes at once again when the reader has scrolled there', async () => {
    document.body.style.paddingTop = `${3 * innerHeight}px`;
    await drawsIn(30, 6);
    const far = await drawsIn(60, 6);
    scrollTo(0, document.documentElement.scrollHeight);
    await drawsIn(30, 6);
    expect(await drawsIn(60, 6)).to.be.above(2 * far);
  });

  /** When it was drawn, in milliseconds, while so much was written with each of some frames. */
  async function timesOfDrawings(text: string, frames: number): Promise<number[]> {
    const times: number[] = [];
    const clock = new MutationObserver(() => times.push(performance.now()));
    clock.observe(container, { childList: true, subtree: true, characterData: true });
    for (let count = 0; count < frames; count += 1) {
      renderer.write(text);
      await nextFrame();
    }
    clock.disconnect();
    return times;
  }

  /** The times between two drawings, from short to long. */
  async function gapsBetweenDrawings(text: string): Promise<number[]> {
    const times = await timesOfDrawings(text, 40);
    return times
      .slice(2)
      .map((time, index) => time - times[index + 1]!)
      .sort((one, other) => one - other);
  }

  it('lines that come faster than anybody reads are drawn less often than words', async () => {
    const [shortest] = await gapsBetweenDrawings('one ');
    expect(shortest).to.be.below(40);
    renderer.set('', true);
    const gaps = await gapsBetweenDrawings(`${'word '.repeat(14)}\n`);
    // One drawing that takes long is told of late, and the next one seems to follow sooner.
    expect(gaps[Math.floor(gaps.length / 2)]).to.be.above(40);
  });

  /** Lines that come fast, far below what is seen, for two seconds; and how many frames were asked for meanwhile. */
  async function framesForLinesFarAway(onAsked = (): void => {}): Promise<number> {
    const request = window.requestAnimationFrame;
    let frames = 0;
    window.requestAnimationFrame = (callback) => {
      frames += 1;
      onAsked();
      return request.call(window, callback);
    };
    draws = 0;
    try {
      for (const start = performance.now(); performance.now() < start + 2000;) {
        renderer.write('*word* '.repeat(6));
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    } finally {
      window.requestAnimationFrame = request;
    }
    return frames;
  }

  it('a page that waits for the next drawing of what is far away is asked for no frame', async () => {
    document.body.style.paddingTop = `${3 * innerHeight}px`;
    await drawsIn(10);
    const frames = await framesForLinesFarAway();
    expect(draws).to.be.within(3, 6);
    expect(frames).to.be.at.most(draws + 1);
  });

  it('nor where a busy page tells only when the next frame is asked for how far away that is', async () => {
    document.body.style.paddingTop = `${3 * innerHeight}px`;
    const post = MessagePort.prototype.postMessage;
    const held: (() => void)[] = [];
    MessagePort.prototype.postMessage = function (this: MessagePort, message: unknown): void {
      held.push(() => Reflect.apply(post, this, [message]));
    };
    try {
      const frames = await framesForLinesFarAway(() => held.splice(0).forEach((send) => send()));
      expect(draws).to.be.within(3, 12);
      expect(frames).to.be.at.most(2 * draws);
    } finally {
      MessagePort.prototype.postMessage = post;
      held.forEach((send) => send());
    }
  });

  it('words that come a hundred times a second wait for the second frame, and no longer', async () => {
    const waits: number[] = [];
    let writtenAt: number | undefined;
    const clock = new MutationObserver(() => {
      if (writtenAt !== undefined) waits.push(performance.now() - writtenAt);
      writtenAt = undefined;
    });
    clock.observe(container, { childList: true, subtree: true, characterData: true });
    for (let count = 0; count < 400; count += 1) {
      renderer.write(count % 2 ? 'w' : ' ');
      writtenAt ??= performance.now();
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
    clock.disconnect();
    waits.sort((a, b) => a - b);
    expect(waits[Math.floor(waits.length / 2)]).to.be.below(45);
  });

  it('what turns out to be far away is not drawn again at once', async () => {
    document.body.style.paddingTop = `${3 * innerHeight}px`;
    const times = await timesOfDrawings('*word* '.repeat(6), 60);
    expect(times[1]! - times[0]!).to.be.above(300);
  });

  it('much that comes at once is drawn a part at a time, however quick frames with hardly any text were', async () => {
    await drawsIn(20);
    const before = container.textContent.length;
    renderer.write('word '.repeat(16_000));
    while (container.textContent.length === before) await nextFrame();
    expect(container.textContent.length - before).to.be.within(1000, 12_000);
    renderer.end();
  });

  it('a hidden element’s text is all there when it is shown', async () => {
    container.hidden = true;
    await drawsIn(30);
    container.hidden = false;
    renderer.end();
    expect(container.querySelectorAll('em')).to.have.length(30);
  });
});
