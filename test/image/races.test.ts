import { expect } from '@open-wc/testing';
import '../../src/define/ai-image.js';
import type { AiImage } from '../../src/image/ai-image.js';
import { forgetClocks } from '../../src/image/clock/server-clock.js';
import { realPause } from './fake-clock.js';
import {
  button,
  isLoaded,
  loaded,
  part,
  PAST,
  picture,
  picturesFetched,
  pictureUrl,
  record,
  RED_PIXEL,
  requestsFor,
  signedUrl,
  uniqueId,
  until,
  words,
} from './pictures.js';

/** Rejects where a promise takes longer than a reader would. */
function soon<T>(promise: Promise<T>, what: string): Promise<T> {
  const late = realPause(5000).then(() => Promise.reject(new Error(`Never settled: ${what}`)));
  return Promise.race([promise, late]);
}

describe('<ai-image>: what comes between', () => {
  beforeEach(forgetClocks);

  it('a hundred reloads are one load, and each of them settles', async () => {
    const id = uniqueId();
    const element = await loaded({ src: await pictureUrl({ id }), alt: '' });
    const loads = record(element, 'ai-image-load');
    await soon(Promise.all(Array.from({ length: 100 }, () => element.reload())), 'a reload');
    expect(loads).to.have.length(1);
    expect((await picturesFetched(id)).length).to.be.below(4);
  });

  it('what cannot be done is told by an element that is in no page, too', async () => {
    const element = Object.assign(document.createElement('ai-image'), { src: RED_PIXEL });
    const events = record(element, 'ai-image-error');
    await soon(element.reload(), 'the reload');
    await soon(element.enlarge(), 'the view');
    await soon(element.download(), 'the download');
    await soon(element.copy(), 'the copy');
    expect(events.map(({ type }) => type)).to.deep.equal(['ai-image-error', 'ai-image-error']);
    document.body.append(element);
    await until(() => isLoaded(element), 'loaded');
    element.remove();
  });

  it('a reload that another address overtakes settles with that one', async () => {
    const element = await picture({ src: await pictureUrl({ delay: 60_000 }), alt: '', loading: 'eager' });
    const reload = element.reload();
    element.src = RED_PIXEL;
    await soon(reload, 'the reload');
    expect(isLoaded(element)).to.equal(true);
  });

  it('a reload that a removal overtakes settles', async () => {
    const element = await picture({ src: await pictureUrl({ delay: 60_000 }), alt: '', loading: 'eager' });
    const reload = element.reload();
    element.remove();
    await soon(reload, 'the reload');
  });

  it('moving it while it loads goes on with the same load', async () => {
    const id = uniqueId();
    const element = await picture({ src: await pictureUrl({ id, delay: 300 }), alt: '' });
    await until(() => element.shadowRoot!.querySelector('img'), 'begun');
    const image = element.shadowRoot!.querySelector('img');
    const place = document.createElement('section');
    document.body.append(place);
    for (const next of [place, document.body, place]) next.append(element);
    await until(() => isLoaded(element), 'loaded');
    expect(part(element, 'image') === image, 'the same picture').to.equal(true);
    expect(await picturesFetched(id)).to.have.length(1);
    place.remove();
  });

  it('addresses that change and change back in one task load nothing anew', async () => {
    const element = await loaded({ src: RED_PIXEL, alt: '' });
    const loads = record(element, 'ai-image-load');
    for (let turn = 0; turn < 50; turn += 1) {
      element.setAttribute('src', `https://127.0.0.1:1/${turn}.png`);
      element.removeAttribute('src');
      element.setAttribute('src', RED_PIXEL);
    }
    await element.updateComplete;
    await realPause(50);
    expect(loads).to.have.length(0);
    expect(isLoaded(element)).to.equal(true);
  });

  it('what was set before the tag was known counts', async () => {
    const box = document.createElement('div');
    const element = document.createElement('ai-image-late');
    Object.assign(element, { src: RED_PIXEL, alt: 'A fox', expiresAt: Date.now() + 60_000 });
    box.append(element);
    document.body.append(box);
    customElements.define('ai-image-late', class extends (customElements.get('ai-image') as typeof AiImage) {});
    await until(() => isLoaded(element), 'loaded');
    expect(part(element as AiImage, 'image')).to.have.property('alt', 'A fox');
    expect((element as AiImage).expiry).to.be.instanceOf(Date);
    box.remove();
  });

  it('in a hidden place it waits; shown, it comes', async () => {
    const place = document.createElement('div');
    place.hidden = true;
    const element = document.createElement('ai-image');
    const id = uniqueId();
    Object.assign(element, { src: await pictureUrl({ id }), alt: '', expiresAt: PAST });
    const refresh = record(element, 'ai-image-refresh');
    element.refresh = async () => ({ url: await pictureUrl({ id }) });
    place.append(element);
    document.body.append(place);
    await realPause(150);
    expect([refresh.length, (await picturesFetched(id)).length]).to.deep.equal([0, 0]);
    place.hidden = false;
    await until(() => isLoaded(element), 'loaded');
    place.remove();
  });
});

describe('<ai-image>: another picture', () => {
  beforeEach(forgetClocks);

  it('that does not come leaves no earlier one standing under its description', async () => {
    const element = await loaded({ src: RED_PIXEL, alt: 'A fox' });
    Object.assign(element, { src: await pictureUrl({ status: 404 }), alt: 'A bear' });
    await until(() => element.status === 'error', 'the error');
    await element.updateComplete;
    expect(part(element, 'image') === null, 'no picture').to.equal(true);
    expect(words(element)).to.contain('A bear');
  });

  it('that has ended already leaves no earlier one standing under its description', async () => {
    const element = await loaded({ src: RED_PIXEL, alt: 'A fox' });
    Object.assign(element, { src: `${RED_PIXEL}#`, alt: 'A bear', expiresAt: PAST });
    await until(() => element.status === 'expired', 'expired');
    await element.updateComplete;
    expect(part(element, 'image') === null, 'no picture').to.equal(true);
    expect(words(element)).to.contain('A bear');
  });

  it('that is a further frame of the same one leaves the draft standing', async () => {
    const element = await loaded({ src: RED_PIXEL, alt: 'A fox', 'partial-index': '0' });
    Object.assign(element, { src: await pictureUrl({ status: 404 }), partialIndex: null });
    await until(() => element.status === 'error', 'the error');
    await element.updateComplete;
    expect(part(element, 'image') === null, 'the draft').to.equal(false);
  });
});

describe('<ai-image>: the bytes, before the end', () => {
  beforeEach(forgetClocks);

  it('are kept of a short-lived picture too, without a countdown', async () => {
    await loaded({ src: await signedUrl(60_000), alt: '' });
    await realPause(200);
    const id = uniqueId();
    const element = await loaded({ src: await signedUrl(2000, { id }), alt: 'A fox', countdown: 'off' });
    await until(() => element.status === 'expired', 'expired');
    const before = (await picturesFetched(id)).length;
    const { click } = HTMLAnchorElement.prototype;
    const saved: string[] = [];
    HTMLAnchorElement.prototype.click = function handle() {
      saved.push(this.download);
    };
    await element.download();
    HTMLAnchorElement.prototype.click = click;
    expect(saved).to.deep.equal(['A fox.png']);
    expect((await picturesFetched(id)).length).to.equal(before);
  });

  it('are not read long before it: of many pictures of a server, one shows its clock', async () => {
    const id = uniqueId();
    const src = await Promise.all(Array.from({ length: 8 }, (_, n) => signedUrl(3600_000, { id, n })));
    await Promise.all(src.map((address) => loaded({ src: address, alt: '' })));
    await realPause(300);
    const read = (await picturesFetched(id)).filter(({ dest }) => dest === 'empty');
    expect(read).to.have.length(1);
  });
});

describe('<ai-image>: a fresh address that is none', () => {
  beforeEach(forgetClocks);

  it('asked of one endpoint by two pictures is one request, and survives the removal of either', async () => {
    const id = uniqueId();
    const src = await signedUrl(1000);
    await realPause(2100);
    const endpoint = await pictureUrl({ id, lifetime: 60_000, delay: 400 }, '/refresh');
    const [first, second] = [document.createElement('ai-image'), document.createElement('ai-image')];
    for (const element of [first, second]) Object.assign(element, { src, alt: '', refreshEndpoint: endpoint });
    document.body.append(first, second);
    await until(() => first.matches(':state(refreshing)') && second.matches(':state(refreshing)'), 'both ask');
    await realPause(100);
    first.remove();
    await until(() => isLoaded(second), 'the other one loaded');
    const posts = (await requestsFor(id)).filter(({ path }) => path === '/refresh');
    expect(posts).to.have.length(1);
    second.remove();
  });

  const useless: [title: string, answer: (old: string) => Promise<{ url: string; expiresAt?: string }>][] = [
    ['the same one again', async (url) => ({ url })],
    ['one that has ended as well', async () => ({ url: await signedUrl(-60_000) })],
    ['one that the host itself calls ended', async () => ({ url: await signedUrl(-60_000), expiresAt: PAST })],
  ];
  for (const [title, answer] of useless) {
    it(`is asked for once, and said to be of no use: ${title}`, async () => {
      const element = document.createElement('ai-image');
      let asked = 0;
      element.alt = 'A fox';
      element.src = await signedUrl(-120_000);
      element.refresh = (url) => ((asked += 1), answer(url));
      document.body.append(element);
      await until(() => asked === 1 && element.status === 'expired' && !element.matches(':state(loading)'), 'the end');
      await realPause(400);
      expect(asked).to.equal(1);
      expect(part(element, 'image') === null, 'no picture').to.equal(true);
      expect(words(element)).to.contain('A fox').and.to.contain('Image expired');
      expect(button(element, 'Get it again')).not.to.equal(undefined);
      element.remove();
    });
  }

  it('that never comes is given up with words, and holds nobody else up after that', async () => {
    const { timeout } = AbortSignal;
    AbortSignal.timeout = () => timeout.call(AbortSignal, 200);
    const elements = Array.from({ length: 6 }, () => document.createElement('ai-image'));
    let asked = 0;
    for (const element of elements) {
      Object.assign(element, { src: RED_PIXEL, expiresAt: PAST, width: 8, height: 8 });
      element.refresh = () => ((asked += 1), new Promise(() => undefined));
    }
    document.body.append(...elements);
    await until(() => elements.every((element) => words(element).includes('No new address')), 'all give up');
    AbortSignal.timeout = timeout;
    expect(asked).to.be.at.least(6);
    for (const element of elements) element.remove();
  });

  it('that is asked for when the element is removed is taken by nobody', async () => {
    const element = document.createElement('ai-image');
    const givers: ((address: { url: string }) => void)[] = [];
    Object.assign(element, { src: RED_PIXEL, expiresAt: PAST });
    element.refresh = () => new Promise((resolve) => givers.push(resolve));
    document.body.append(element);
    await until(() => element.matches(':state(refreshing)'), 'refreshing');
    element.remove();
    await realPause(20);
    givers[0]!({ url: await pictureUrl() });
    await realPause(50);
    expect(element.src).to.equal(RED_PIXEL);
  });
});
