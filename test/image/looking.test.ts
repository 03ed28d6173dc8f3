import { expect } from '@open-wc/testing';
import { emulateMedia, sendKeys, sendMouse, setViewport } from '@web/test-runner-commands';
import type { AxeResults } from 'axe-core';
import 'axe-core/axe.min.js';
import '../../src/define/ai-image.js';
import type { AiImage } from '../../src/image/ai-image.js';
import { Zoom } from '../../src/image/viewer/zoom.js';
import { forgetClocks } from '../../src/image/clock/server-clock.js';
import { realPause } from './fake-clock.js';
import {
  button,
  loaded,
  part,
  picture,
  picturesFetched,
  pictureUrl,
  record,
  RED_PIXEL,
  signedUrl,
  uniqueId,
  until,
  words,
} from './pictures.js';

/** The viewer's own root, while it is open. */
function viewer(element: AiImage): ShadowRoot | undefined {
  return [...element.shadowRoot!.children]
    .map((child) => child.shadowRoot!)
    .find((root) => root?.querySelector('dialog'));
}

async function opened(element: AiImage): Promise<ShadowRoot> {
  void element.enlarge();
  await until(() => viewer(element)?.querySelector('.picture, .failure'), 'the viewer with a picture');
  return viewer(element)!;
}

function label(root: ShadowRoot): string | null | undefined {
  return root.querySelector('.picture')?.ariaLabel;
}

/** What a click on a download link would save. */
function catchDownloads(): { names: string[]; bytes: Promise<Blob>[]; hrefs: string[]; restore(): void } {
  const click = HTMLAnchorElement.prototype.click;
  const restore = (): void => void (HTMLAnchorElement.prototype.click = click);
  const caught = { names: [] as string[], bytes: [] as Promise<Blob>[], hrefs: [] as string[], restore };
  HTMLAnchorElement.prototype.click = function handle() {
    caught.names.push(this.download);
    caught.hrefs.push(this.href);
    if (this.href.startsWith('blob:')) caught.bytes.push(fetch(this.href).then((response) => response.blob()));
  };
  return caught;
}

/** axe is a script, not a module: it stands on the window. */
function check(element: Element): Promise<AxeResults> {
  return (window as unknown as { axe: { run(element: Element): Promise<AxeResults> } }).axe.run(element);
}

describe('<ai-image>: a description and its absence', () => {
  it('is the picture’s', async () => {
    const image = part(await loaded({ src: RED_PIXEL, alt: 'A fox' }), 'image') as HTMLImageElement;
    expect([image.alt, image.ariaLabel]).to.deep.equal(['A fox', null]);
  });

  it('that is empty makes decoration', async () => {
    const image = part(await loaded({ src: RED_PIXEL, alt: '' }), 'image')!;
    expect([image.getAttribute('alt'), image.ariaLabel]).to.deep.equal(['', null]);
  });

  it('that is absent stays absent, and is never made of the file name', async () => {
    const element = await loaded({ src: `${await pictureUrl()}&name=/secret-fox.png` });
    const image = part(element, 'image')!;
    expect(image.hasAttribute('alt')).to.equal(false);
    expect(image.ariaLabel).to.equal('Image without a description');
    expect(element.shadowRoot!.textContent).not.to.contain('fox');
  });

  it('stands in the picture’s place where there is none', async () => {
    const element = await picture({ src: await pictureUrl({ status: 404 }), alt: 'A fox' });
    await until(() => element.status === 'error', 'the error');
    expect(words(element)).to.contain('A fox');
  });
});

describe('<ai-image>: the viewer', () => {
  it('opens by a press on the picture and by its button, and closes by Escape with the focus back', async () => {
    const element = await loaded({ src: await pictureUrl({ size: '640x480' }), alt: 'A fox' });
    part(element, 'image')!.click();
    await until(() => viewer(element)?.querySelector('.picture'), 'open');
    await sendKeys({ press: 'Escape' });
    await until(() => !viewer(element), 'closed');
    const enlarge = button(element, 'Enlarge image')!;
    enlarge.focus();
    await sendKeys({ press: 'Enter' });
    await until(() => viewer(element)?.querySelector('.picture'), 'open');
    await sendKeys({ press: 'Escape' });
    await until(() => !viewer(element), 'closed');
    expect(element.shadowRoot!.activeElement === enlarge, 'the focus is back').to.equal(true);
  });

  it('goes through the pictures of its group with the arrow keys, and no others', async () => {
    const names = ['one', 'two', 'three'];
    const elements = await Promise.all(
      names.map((alt) => loaded({ src: RED_PIXEL, alt, group: 'm1', width: '40', height: '40' })),
    );
    await loaded({ src: RED_PIXEL, alt: 'elsewhere', group: 'm2' });
    const root = await opened(elements[0]!);
    const seen = [label(root)];
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'Home', 'End']) {
      await sendKeys({ press: key });
      await until(() => root.querySelector('.picture'), 'a picture');
      seen.push(label(root));
    }
    expect(seen).to.deep.equal(['one', 'two', 'three', 'three', 'two', 'one', 'three']);
    expect(root.querySelector('.position')!.textContent).to.equal('3 of 3');
    await sendKeys({ press: 'Escape' });
    await until(() => !viewer(elements[0]!), 'closed');
  });

  it('says which picture has come: the focus stays where it was', async () => {
    const elements = await Promise.all(['one', 'two'].map((alt) => loaded({ src: RED_PIXEL, alt, group: 'said' })));
    const root = await opened(elements[0]!);
    await sendKeys({ press: 'ArrowRight' });
    await until(() => label(root) === 'two', 'the second');
    const said = Array.from(root.querySelectorAll('[role=status]'), ({ textContent }) => textContent).filter(Boolean);
    expect(said).to.deep.equal(['2 of 2', 'two']);
    await sendKeys({ press: 'Escape' });
  });

  it('has nothing to press on paper', async () => {
    const element = await loaded({ src: RED_PIXEL, alt: 'A fox', width: '240', height: '160' });
    await emulateMedia({ media: 'print' });
    const buttons = [...element.shadowRoot!.querySelectorAll('button')];
    const seen = buttons.filter((each) => each.checkVisibility());
    await emulateMedia({ media: 'screen' });
    expect([buttons.length, seen.length]).to.deep.equal([3, 0]);
  });

  it('goes the other way where the page is read from the right', async () => {
    document.documentElement.dir = 'rtl';
    const elements = await Promise.all(['one', 'two'].map((alt) => loaded({ src: RED_PIXEL, alt, group: 'rtl' })));
    const root = await opened(elements[0]!);
    await sendKeys({ press: 'ArrowLeft' });
    await until(() => label(root) === 'two', 'the second');
    // “2 of 2”, and not “of 2 2”.
    const position = root.querySelector('.position')!.lastChild as Text;
    const range = document.createRange();
    range.setStart(position, 0);
    range.setEnd(position, 1);
    const { left } = range.getBoundingClientRect();
    range.selectNode(position);
    expect(left).to.equal(range.getBoundingClientRect().left);
    await sendKeys({ press: 'Escape' });
    document.documentElement.dir = '';
  });

  it('enlarges and moves by keys, wheel, double click and drag; arrows then move the picture', async () => {
    const element = await loaded({ src: await pictureUrl({ size: '1200x900' }), alt: 'A fox' });
    const root = await opened(element);
    const node = root.querySelector<HTMLElement>('.picture')!;
    const matrix = (): DOMMatrix => new DOMMatrix(node.style.transform);
    await sendKeys({ press: '+' });
    await sendKeys({ press: '+' });
    expect(matrix().a).to.be.closeTo(2.25, 0.01);
    const before = matrix().e;
    await sendKeys({ press: 'ArrowRight' });
    expect(matrix().e).to.equal(before - 80);
    const box = root.querySelector('.stage')!.getBoundingClientRect();
    const middle: [number, number] = [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];
    await sendMouse({ type: 'move', position: middle });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: [middle[0] + 50, middle[1]] });
    await sendMouse({ type: 'up' });
    expect(matrix().e).to.be.closeTo(before - 30, 1);
    await sendKeys({ press: '0' });
    expect(matrix().a).to.equal(1);
    root
      .querySelector('.stage')!
      .dispatchEvent(
        new WheelEvent('wheel', { deltaY: -300, cancelable: true, clientX: middle[0], clientY: middle[1] }),
      );
    expect(matrix().a).to.be.greaterThan(1.5);
    root.querySelector('.stage')!.dispatchEvent(new MouseEvent('dblclick', { clientX: middle[0], clientY: middle[1] }));
    expect(matrix().a).to.equal(1);
    await sendKeys({ press: 'Escape' });
  });

  it('enlarges by two fingers, around the point between them', async () => {
    const element = await loaded({ src: await pictureUrl({ size: '1200x900' }), alt: 'A fox' });
    const root = await opened(element);
    const stage = root.querySelector<HTMLElement>('.stage')!;
    stage.setPointerCapture = () => undefined;
    const point = (type: string, pointerId: number, clientX: number): boolean =>
      stage.dispatchEvent(
        new PointerEvent(type, { pointerId, clientX, clientY: 300, button: 0, pointerType: 'touch' }),
      );
    point('pointerdown', 1, 300);
    point('pointerdown', 2, 400);
    point('pointermove', 2, 500);
    const { a } = new DOMMatrix(root.querySelector<HTMLElement>('.picture')!.style.transform);
    expect(a).to.be.closeTo(2, 0.05);
    point('pointerup', 2, 500);
    point('pointerup', 1, 300);
    expect(viewer(element)).not.to.equal(undefined);
    await sendKeys({ press: 'Escape' });
  });

  it('keeps the picture that is looked at when its address ends meanwhile, and tells of no other what was done to it', async () => {
    const end = Date.now() + 1500;
    const first = await loaded({ src: RED_PIXEL, alt: 'one', group: 'end', 'expires-at': String(end) });
    await loaded({ src: RED_PIXEL, alt: 'two', group: 'end' });
    const root = await opened(first);
    await until(() => first.status === 'expired', 'the end');
    expect(label(root)).to.equal('one');
    await sendKeys({ press: 'Home' });
    expect(label(root), 'the same picture is not shown anew').to.equal('one');
    const { clipboard } = navigator;
    const fake = { write: () => realPause(200).then(() => Promise.reject(new Error('no'))) };
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: fake });
    root.querySelector<HTMLButtonElement>('[aria-label="Copy image"]')!.click();
    await sendKeys({ press: 'ArrowRight' });
    await until(() => label(root) === 'two', 'the second');
    await realPause(300);
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: clipboard });
    expect(root.querySelector('.notice')!.textContent).to.equal('');
    await sendKeys({ press: 'Escape' });
  });

  it('closes with its element and lets go of everything', async () => {
    const element = await loaded({ src: RED_PIXEL, alt: 'A fox' });
    const root = await opened(element);
    const copy = (root.querySelector('.picture') as HTMLImageElement).src;
    element.remove();
    await realPause(20);
    expect(root.querySelector('dialog')!.open).to.equal(false);
    const isGone = await fetch(copy).then(
      () => false,
      () => true,
    );
    expect(isGone).to.equal(true);
  });

  it('moves nothing by itself for readers who want less motion', async () => {
    await emulateMedia({ reducedMotion: 'reduce' });
    const element = await loaded({ src: await pictureUrl(), alt: 'A fox' });
    const root = await opened(element);
    expect(getComputedStyle(root.querySelector('.picture')!).transitionDuration).to.equal('0s');
    await sendKeys({ press: 'Escape' });
    const waiting = await picture({ src: await pictureUrl({ delay: 2000 }) });
    const shimmer = waiting.shadowRoot!.querySelector('.shimmer')!;
    expect(getComputedStyle(shimmer, '::after').animationName).to.equal('none');
    await emulateMedia({ reducedMotion: 'no-preference' });
  });
});

describe('<ai-image>: after the end of its address', () => {
  beforeEach(forgetClocks);

  it('zoom and download go on from the bytes that were kept: the server is not asked again', async () => {
    const id = uniqueId();
    const element = await loaded({ src: await signedUrl(1500, { id }), alt: 'A red fox' });
    await until(() => element.matches(':state(expired)'), 'expired');
    const before = (await picturesFetched(id)).length;
    const caught = catchDownloads();
    await element.download();
    caught.restore();
    expect(caught.names).to.deep.equal(['A red fox.png']);
    expect((await caught.bytes[0])!.type).to.equal('image/png');
    const root = await opened(element);
    expect(label(root)).to.equal('A red fox');
    await sendKeys({ press: 'Escape' });
    expect((await picturesFetched(id)).length).to.equal(before);
  });

  it('zoom goes on without the bytes too, from what is on screen', async () => {
    const id = uniqueId();
    const element = await loaded({ src: await signedUrl(1500, { id, cors: 'off' }), alt: 'A red fox' });
    await until(() => element.matches(':state(expired)'), 'expired');
    const before = (await picturesFetched(id)).length;
    const root = await opened(element);
    expect(root.querySelector('.picture')).to.be.instanceOf(HTMLCanvasElement);
    expect((await picturesFetched(id)).length).to.equal(before);
    await sendKeys({ press: 'Escape' });
  });

  it('without the bytes, a download asks for a fresh address first', async () => {
    const element = await loaded({ src: await signedUrl(1500, { cors: 'off' }), alt: 'A red fox' });
    await until(() => element.matches(':state(expired)'), 'expired');
    const fresh = await pictureUrl();
    const events = record(element, 'ai-image-refresh');
    element.refresh = async () => ({ url: fresh });
    const caught = catchDownloads();
    await element.download();
    caught.restore();
    expect(events).to.have.length(1);
    expect(caught.bytes).to.have.length(1);
  });

  it('without the bytes and without a fresh address, a download says so', async () => {
    const element = await loaded({ src: await signedUrl(1500, { cors: 'off' }), alt: 'A red fox' });
    await until(() => element.matches(':state(expired)'), 'expired');
    const events = record(element, 'ai-image-error');
    const caught = catchDownloads();
    await element.download();
    caught.restore();
    await element.updateComplete;
    expect(caught.names).to.have.length(0);
    expect(events).to.have.length(1);
    expect(part(element, 'notice')!.textContent).to.contain('stopped working');
  });

  it('a copy is a PNG, whatever the picture is', async () => {
    const canvas = document.createElement('canvas');
    const element = await loaded({ src: canvas.toDataURL('image/webp'), alt: 'A red fox' });
    const items: ClipboardItem[] = [];
    const { clipboard } = navigator;
    const fake = { write: async (data: ClipboardItem[]) => void items.push(...data) };
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: fake });
    await element.copy();
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: clipboard });
    await element.updateComplete;
    const blob = await items[0]!.getType('image/png');
    expect((await createImageBitmap(blob)).width).to.equal(300);
    expect(part(element, 'notice')!.textContent).to.equal('Image copied');
  });

  it('a copy of nothing is told, and nothing to the window', async () => {
    const told: string[] = [];
    const note = (event: PromiseRejectionEvent): void => {
      event.preventDefault();
      told.push(String(event.reason));
    };
    window.addEventListener('unhandledrejection', note);
    const element = document.createElement('ai-image');
    const errors = record(element, 'ai-image-error');
    await element.copy();
    await realPause(50);
    window.removeEventListener('unhandledrejection', note);
    expect(errors.length).to.equal(1);
    expect(told).to.deep.equal([]);
  });

  it('a copy that the browser refuses is told', async () => {
    const element = await loaded({ src: RED_PIXEL, alt: 'A red fox' });
    const { clipboard } = navigator;
    const fake = { write: () => Promise.reject(new DOMException('no', 'NotAllowedError')) };
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: fake });
    await element.copy();
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: clipboard });
    await element.updateComplete;
    expect(part(element, 'notice')!.textContent).to.equal('This image could not be copied.');
  });

  it('a picture that this page may not read is opened in a tab of its own while it works', async () => {
    const src = await pictureUrl({ cors: 'off' });
    const element = await loaded({ src, alt: 'A red fox' });
    const caught = catchDownloads();
    await element.download();
    caught.restore();
    expect(caught.hrefs).to.deep.equal([src]);
  });
});

describe('zoom', () => {
  it('keeps the picture inside the stage, and the point under the pointer where it is', () => {
    const zoom = new Zoom();
    zoom.zoomAt(2, 100, 0);
    expect([zoom.scale, zoom.x]).to.deep.equal([2, -100]);
    zoom.moveBy(1e6, 1e6);
    zoom.keepInside({ width: 400, height: 100 }, { width: 400, height: 300 });
    expect([zoom.x, zoom.y]).to.deep.equal([200, 0]);
    zoom.zoomAt(1e9, 0, 0);
    expect(zoom.scale).to.equal(8);
    zoom.zoomAt(1e-9, 0, 0);
    expect(zoom.isEnlarged).to.equal(false);
  });
});

describe('<ai-image>: a picture smaller than words', () => {
  it('gives the words the room that they need, and no square', async () => {
    const element = await picture({ src: await pictureUrl({ status: 404 }), alt: 'A fox', width: '48', height: '48' });
    await until(() => element.status === 'error', 'the error');
    const { width, height } = part(element, 'box')!.getBoundingClientRect();
    expect(width).to.be.greaterThan(200);
    expect(height).to.be.below(width * 0.8);
  });

  it('has a dot for a badge, still there in words', async () => {
    const expiresAt = String(Date.now() + 60_000);
    const element = await loaded({ src: RED_PIXEL, alt: '', width: '48', height: '48', 'expires-at': expiresAt });
    const badge = part(element, 'badge')!;
    expect(badge.getBoundingClientRect().width).to.be.below(16);
    expect(badge.textContent).to.contain('Expires in');
  });
});

describe('<ai-image>: accessibility', () => {
  const states: [title: string, make: () => Promise<AiImage>][] = [
    ['loaded', () => loaded({ src: RED_PIXEL, alt: 'A fox' })],
    ['without a description', () => loaded({ src: RED_PIXEL })],
    ['decoration', () => loaded({ src: RED_PIXEL, alt: '' })],
    ['partial', () => loaded({ src: RED_PIXEL, alt: 'A fox', 'partial-index': '0' })],
    ['counting', () => loaded({ src: RED_PIXEL, alt: 'A fox', 'expires-at': String(Date.now() + 60_000) })],
    ['expired', () => picture({ src: RED_PIXEL, alt: 'A fox', 'expires-at': '2020-01-01' })],
    ['missing', async () => picture({ src: await pictureUrl({ status: 404 }), alt: 'A fox' })],
    ['loading', async () => picture({ src: await pictureUrl({ delay: 3000 }), alt: 'A fox', placeholder: RED_PIXEL })],
  ];
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [title, make] of states) {
      it(`has nothing to report: ${title}, ${colorScheme}`, async () => {
        await emulateMedia({ colorScheme });
        document.documentElement.style.colorScheme = colorScheme;
        const element = await make();
        await realPause(60);
        const { violations } = await check(element);
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).to.deep.equal(
          [],
        );
      });
    }
  }

  it('has nothing to report: the viewer, on a small screen too', async () => {
    await setViewport({ width: 360, height: 640 });
    const src = await pictureUrl({ size: '600x900' });
    const elements = await Promise.all(['one', 'two'].map((alt) => loaded({ src, alt, group: 'axe' })));
    const root = await opened(elements[0]!);
    const { violations } = await check(elements[0]!);
    expect(violations.map(({ id }) => id)).to.deep.equal([]);
    const next = root.querySelector<HTMLElement>('.next')!.getBoundingClientRect();
    const onTop = root.elementFromPoint(next.x + next.width / 2, next.y + next.height / 2);
    expect(onTop?.closest('button')?.className).to.contain('next');
    await sendKeys({ press: 'Escape' });
    await setViewport({ width: 800, height: 600 });
  });
});
