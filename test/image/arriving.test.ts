import { expect } from '@open-wc/testing';
import '../../src/define/ai-image.js';
import type { AiImageErrorEvent, AiImageLoadEvent } from '../../src/events.js';
import { BOUNDS } from '../../src/image/bounds.js';
import { part, picture, picturesFetched, pictureUrl, record, RED_PIXEL, uniqueId, until, words } from './pictures.js';

function images(element: Element): HTMLImageElement[] {
  return [...element.shadowRoot!.querySelectorAll('img')];
}

function codes(events: Event[]): string[] {
  return events.map((event) => (event as AiImageErrorEvent).error.code);
}

describe('<ai-image>: arriving', () => {
  it('tells the whole address of one that does not come, as of one that does', async () => {
    const element = document.createElement('ai-image');
    const events = record(element, 'ai-image-refresh', 'ai-image-error');
    Object.assign(element, { src: 'no-picture.png', loading: 'eager' });
    document.body.append(element);
    await until(() => events.length === 2, 'the error');
    expect(events.map((event) => (event as AiImageErrorEvent).url)).to.deep.equal(
      Array(2).fill(new URL('no-picture.png', document.baseURI).href),
    );
    element.remove();
  });

  const boxes: [attributes: Record<string, string>, width: number, height: number][] = [
    [{ width: '320', height: '200' }, 320, 200],
    [{ width: '300' }, 300, 300],
    [{ height: '120' }, 120, 120],
    [{}, 384, 384],
    [{ width: '-5', height: 'tall' }, 384, 384],
    [{ width: '100', height: '100000' }, 100, 500],
  ];
  for (const [attributes, width, height] of boxes) {
    it(`reserves its box before it is there: ${JSON.stringify(attributes)}`, async () => {
      const element = await picture({ src: await pictureUrl({ delay: 400 }), ...attributes });
      const box = part(element, 'box')!.getBoundingClientRect();
      expect([Math.round(box.width), Math.round(box.height)]).to.deep.equal([width, height]);
    });
  }

  const kept: Record<string, string>[] = [{ width: '320', height: '240' }, { height: '240' }];
  for (const size of kept)
    it(`does not move what follows when it comes: ${JSON.stringify(size)}`, async () => {
      const element = await picture({ src: await pictureUrl({ size: '640x480', delay: 50 }), ...size });
      const before = element.getBoundingClientRect().height;
      await until(() => element.matches(':state(loaded)'), 'loaded');
      expect(element.getBoundingClientRect().height).to.equal(before);
    });

  it('has its place from its first moment, before what shows pictures is there, and keeps it', async () => {
    const element = Object.assign(document.createElement('ai-image'), { src: RED_PIXEL, width: 200, height: 100 });
    document.body.append(element);
    const place = (): number[] => {
      const { width, height } = part(element, 'box')!.getBoundingClientRect();
      return [width, height];
    };
    await Promise.resolve();
    const [first, status] = [place(), element.status];
    await element.updateComplete;
    const last = place();
    element.remove();
    expect(status).to.equal('loading');
    expect(first).to.deep.equal([200, 100]);
    expect(last).to.deep.equal(first);
  });

  it('is lazy and decoded beside the page, unless told otherwise', async () => {
    const [lazy, eager] = [await picture({ src: RED_PIXEL }), await picture({ src: RED_PIXEL, loading: 'eager' })];
    expect([images(lazy)[0]!.loading, images(lazy)[0]!.decoding]).to.deep.equal(['lazy', 'async']);
    expect(images(eager)[0]!.loading).to.equal('eager');
  });

  it('a lazy picture far below is not asked for until it is near', async () => {
    const far = document.createElement('div');
    far.style.blockSize = '30000px';
    const id = uniqueId();
    const element = document.createElement('ai-image');
    element.src = await pictureUrl({ id });
    document.body.append(far, element);
    await element.updateComplete;
    const near = document.createElement('ai-image');
    near.src = await pictureUrl();
    document.body.prepend(near);
    await until(() => near.matches(':state(loaded)'), 'another one loaded meanwhile');
    near.remove();
    expect(await picturesFetched(id)).to.have.length(0);
    element.scrollIntoView();
    await until(() => element.matches(':state(loaded)'), 'loaded');
    far.remove();
    element.remove();
  });

  it('shows further frames in place: one box, never empty, never two pictures', async () => {
    const element = await picture({
      src: await pictureUrl({ size: '32x24', color: 'aa3333' }),
      'partial-index': '0',
      alt: 'A fox',
    });
    await until(() => element.matches(':state(loaded)'), 'the first frame');
    expect(element.matches(':state(partial)')).to.equal(true);
    expect(words(element)).to.equal('Drawing…');
    const before = part(element, 'box')!.getBoundingClientRect();
    const first = part(element, 'image');
    element.src = await pictureUrl({ size: '64x48', color: '33aa33', delay: 200 });
    element.partialIndex = 1;
    await element.updateComplete;
    expect(part(element, 'image') === first, 'the first frame is still there').to.equal(true);
    await until(() => part(element, 'image') !== first, 'the second frame');
    expect(images(element)).to.have.length(1);
    element.src = await pictureUrl({ size: '128x96', color: '3333aa' });
    element.partialIndex = null;
    const visible: number[] = [];
    await until(() => {
      visible.push(images(element).filter((image) => getComputedStyle(image).opacity === '1').length);
      return (part(element, 'image') as HTMLImageElement).naturalWidth === 128;
    }, 'the final frame');
    expect(new Set(visible)).to.deep.equal(new Set([1]));
    const after = part(element, 'box')!.getBoundingClientRect();
    expect([after.width, after.height]).to.deep.equal([before.width, before.height]);
    expect(element.matches(':state(partial)')).to.equal(false);
    expect(words(element)).to.equal('');
  });

  it('a frame that is overtaken is dropped', async () => {
    const element = await picture({ src: await pictureUrl({ delay: 300, color: 'aa3333' }) });
    const loads = record(element, 'ai-image-load');
    const last = await pictureUrl({ color: '33aa33' });
    element.src = last;
    await until(() => element.matches(':state(loaded)'), 'loaded');
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(loads.map((event) => (event as AiImageLoadEvent).url)).to.deep.equal([last]);
  });

  it('says how far it is where the host tells', async () => {
    const element = await picture({ src: RED_PIXEL, 'partial-index': '0', progress: '0.4' });
    await until(() => element.matches(':state(loaded)'), 'loaded');
    expect(part(element, 'progress')).to.have.property('value', 0.4);
  });

  it('turns base64 into a blob and frees it when it is replaced and when it is removed', async () => {
    const element = await picture({ src: RED_PIXEL, alt: '' });
    await until(() => element.matches(':state(loaded)'), 'loaded');
    const first = images(element)[0]!.src;
    expect(first).to.match(/^blob:/);
    element.src = `${RED_PIXEL.replace('base64,', 'base64, ')}`;
    await until(() => images(element).length === 1 && images(element)[0]!.src !== first, 'replaced');
    const second = images(element)[0]!.src;
    expect(await readable(first)).to.equal(false);
    expect(await readable(second)).to.equal(true);
    element.remove();
    await new Promise((resolve) => setTimeout(resolve));
    expect(await readable(second)).to.equal(false);
  });

  it('shows a blurred placeholder until it is there, and none that would be a request', async () => {
    const src = await pictureUrl({ delay: 300 });
    const element = await picture({ src, placeholder: RED_PIXEL });
    expect(images(element)[0]!.className).to.contain('placeholder');
    expect(getComputedStyle(images(element)[0]!).filter).to.contain('blur');
    await until(() => element.matches(':state(loaded)'), 'loaded');
    expect(images(element)).to.have.length(1);
    const other = await picture({ src, placeholder: await pictureUrl() });
    expect(images(other)).to.have.length(1);
  });

  const refused: [title: string, src: () => string, code: string][] = [
    ['javascript:', () => 'javascript:alert(1)', 'address'],
    ['javascript: with white space inside', () => ' java\nscript:alert(1)', 'address'],
    ['file:', () => 'file:///etc/passwd', 'address'],
    ['ftp:', () => 'ftp://example.com/a.png', 'address'],
    ['data: of HTML', () => 'data:text/html;base64,PHNjcmlwdD4=', 'address'],
    ['data: of SVG', () => 'data:image/svg+xml;base64,PHN2Zy8+', 'address'],
    ['data: of SVG in capitals', () => 'DATA:IMAGE/SVG+XML,<svg/>', 'address'],
    ['data: without a type', () => 'data:,hello', 'address'],
    ['data: of a type that hides XML', () => 'data:image/x-xml;base64,AAAA', 'address'],
    ['no address', () => 'https://', 'address'],
    ['200 MB of base64', () => `data:image/png;base64,${'A'.repeat(200 * 1024 * 1024)}`, 'size'],
    ['HTML that calls itself PNG', () => 'data:image/png;base64,PGh0bWw+PC9odG1sPg==', 'type'],
    ['broken base64', () => 'data:image/png;base64,%%%%', 'type'],
    ['empty base64', () => 'data:image/png;base64,', 'type'],
    ['a blob that is gone', () => `blob:${location.origin}/0b6c0b4e-6f5c-4bd4-a0ee-6a9d6a7a7d3f`, 'network'],
  ];
  for (const [title, src, code] of refused) {
    it(`refuses with words: ${title}`, async () => {
      const element = document.createElement('ai-image');
      const events = record(element, 'ai-image-error');
      element.src = src();
      document.body.append(element);
      await until(() => events.length > 0, 'the error');
      await element.updateComplete;
      expect(codes(events)).to.deep.equal([code]);
      expect(words(element).length).to.be.greaterThan(10);
      expect(images(element)).to.have.length(0);
      expect(element.status).to.equal('error');
      element.remove();
    });
  }

  it('says what the bound is', () => {
    expect(BOUNDS.pictureBytes).to.equal(48 * 1024 * 1024);
  });

  const failures: [title: string, options: Record<string, string | number>, code: string][] = [
    ['404', { status: 404 }, 'missing'],
    ['404 that this page may not read', { status: 404, cors: 'off' }, 'network'],
    ['500', { status: 500 }, 'http'],
    ['403 of an address without an end', { status: 403 }, 'http'],
    ['HTML in place of a picture', { type: 'text/html' }, 'type'],
  ];
  for (const [title, options, code] of failures) {
    it(`says what is wrong: ${title}`, async () => {
      const element = await picture({ src: await pictureUrl(options), alt: 'A fox' });
      const events = record(element, 'ai-image-error');
      await until(() => element.status === 'error', 'the error');
      await until(() => events.length > 0, 'the event');
      expect(codes(events)).to.deep.equal([code]);
      expect(words(element)).to.contain('A fox').and.to.contain('Try again');
      expect((window as { ranFromPicture?: boolean }).ranFromPicture).to.equal(undefined);
    });
  }

  it('shows a picture whose type is declared wrongly, as browsers do', async () => {
    const element = await picture({ src: await pictureUrl({ type: 'application/octet-stream' }) });
    await until(() => element.matches(':state(loaded)'), 'loaded');
  });

  it('shows an SVG file as a picture: nothing in it runs', async () => {
    const element = await picture({ src: await pictureUrl({ type: 'image/svg+xml' }) });
    await until(() => element.matches(':state(loaded)'), 'loaded');
    expect(part(element, 'image')).to.be.instanceOf(HTMLImageElement);
    expect((window as { ranFromPicture?: boolean }).ranFromPicture).to.equal(undefined);
  });

  it('shows a picture of no size at all without harm, also where it is enlarged', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"><script>window.ranFromPicture = true</script></svg>';
    const src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    const element = await picture({ src, alt: 'Nothing' });
    await until(() => element.status !== 'loading', 'an outcome');
    const { width, height } = part(element, 'box')!.getBoundingClientRect();
    expect([width > 0, height > 0]).to.deep.equal([true, true]);
    const closed = element.enlarge();
    await until(
      () => element.shadowRoot!.querySelector('.box ~ div')?.shadowRoot?.querySelector('.picture, .failure'),
      'seen',
    );
    element.remove();
    await closed;
    URL.revokeObjectURL(src);
    expect((window as { ranFromPicture?: boolean }).ranFromPicture).to.equal(undefined);
  });

  it('keeps every frame of an animated one: zoom shows the same bytes', async () => {
    const frame = '21f90400010000002c00000000010001000002024401003b'.slice(0, -2);
    const hex = `47494638396101000100800000ff0000ffffff21ff0b4e45545343415045322e300301000000${frame}${frame}3b`;
    const bytes = Uint8Array.from(hex.match(/../g)!, (pair) => parseInt(pair, 16));
    const element = await picture({
      src: `data:image/gif;base64,${btoa(String.fromCharCode(...bytes))}`,
      alt: 'A fox',
    });
    await until(() => element.matches(':state(loaded)'), 'loaded');
    const closed = element.enlarge();
    const node = (): HTMLImageElement | null | undefined =>
      element.shadowRoot!.querySelector('.box ~ div')?.shadowRoot?.querySelector('img.picture');
    await until(node, 'the viewer');
    const blob = await (await fetch(node()!.src)).blob();
    expect([blob.type, blob.size]).to.deep.equal(['image/gif', bytes.length]);
    element.remove();
    await closed;
  });

  it('changes nothing in a signed address', async () => {
    const id = uniqueId();
    const src = `${await pictureUrl({ id })}&a=%2F&b=+&c`;
    const element = await picture({ src });
    await until(() => element.matches(':state(loaded)'), 'loaded');
    await element.reload();
    const searches = new Set((await picturesFetched(id)).map(({ search }) => search));
    expect([...searches]).to.deep.equal([new URL(src).search]);
  });

  it('shows nothing where there is no address, and lets go of the picture when it is taken away', async () => {
    const element = await picture({ src: RED_PIXEL });
    await until(() => element.matches(':state(loaded)'), 'loaded');
    element.removeAttribute('src');
    await element.updateComplete;
    expect(images(element)).to.have.length(0);
    expect(element.status).to.equal('empty');
  });
});

async function readable(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}
