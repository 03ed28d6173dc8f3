import { expect } from '@open-wc/testing';
import '../../src/define/ai-image.js';
import type { AiImageErrorEvent, AiImageLoadEvent, AiImageRefreshEvent } from '../../src/events.js';
import type { AiImage } from '../../src/image/ai-image.js';
import { forgetClocks } from '../../src/image/clock/server-clock.js';
import { FakeClock, realPause } from './fake-clock.js';
import {
  button,
  isLoaded,
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

function codeOf(event: Event | undefined): string {
  return (event as AiImageErrorEvent).error.code;
}

describe('<ai-image>: a fresh address', () => {
  beforeEach(forgetClocks);

  it('comes from a listener, when the picture is looked at; the load tells the old and the new one', async () => {
    const fresh = await pictureUrl({ color: '22aa55' });
    const element = document.createElement('ai-image');
    element.setAttribute('src', await pictureUrl({ id: uniqueId() }));
    element.setAttribute('expires-at', PAST);
    const old = element.getAttribute('src')!;
    const asked: string[] = [];
    document.addEventListener('ai-image-refresh', answer);
    function answer(event: AiImageRefreshEvent): void {
      asked.push(event.url);
      event.respondWith(Promise.resolve({ url: fresh, expiresAt: Date.now() + 60_000 }));
    }
    const loads = record(document, 'ai-image-load');
    document.body.append(element);
    await until(() => isLoaded(element), 'loaded from the fresh address');
    document.removeEventListener('ai-image-refresh', answer);
    expect(asked).to.deep.equal([old]);
    const load = loads[0] as AiImageLoadEvent;
    expect([load.previousUrl, load.url]).to.deep.equal([old, fresh]);
    expect(load.expiresAt!.getTime()).to.be.greaterThan(Date.now());
    expect(element.getAttribute('src')).to.equal(fresh);
    element.remove();
  });

  it('comes from the property', async () => {
    const element = document.createElement('ai-image');
    const fresh = await pictureUrl();
    element.src = await pictureUrl({ status: 404 });
    element.refresh = async () => ({ url: fresh });
    document.body.append(element);
    await until(() => isLoaded(element), 'loaded');
    expect(element.src).to.equal(fresh);
    element.remove();
  });

  it('comes from a property that is set late, as frameworks do', async () => {
    const element = await picture({ src: RED_PIXEL, alt: '', 'expires-at': PAST });
    await until(() => words(element).includes('Image expired'), 'the words');
    await realPause(60);
    element.refresh = async () => ({ url: RED_PIXEL, expiresAt: Date.now() + 60_000 });
    await until(() => isLoaded(element), 'loaded');
  });

  it('comes from the endpoint, which is POSTed the old address', async () => {
    const id = uniqueId();
    const src = await signedUrl(1000);
    await realPause(2100);
    const element = await picture({ src, 'refresh-endpoint': await pictureUrl({ id, lifetime: 60_000 }, '/refresh') });
    await until(() => isLoaded(element), 'loaded');
    const posts = (await requestsFor(id)).filter(({ path }) => path === '/refresh');
    expect(posts.map(({ method }) => method)).to.deep.equal(['POST']);
    expect(element.expiry!.getTime()).to.be.greaterThan(Date.now() + 30_000);
  });

  it('is asked for where the server refuses after the real end: 403, endpoint, picture', async () => {
    const element = await picture({
      src: await signedUrl(1000, { delay: 1500, cors: 'off' }),
      loading: 'eager',
      'refresh-endpoint': await pictureUrl({ lifetime: 60_000 }, '/refresh'),
    });
    await until(() => isLoaded(element) && element.status === 'loaded', 'loaded from the fresh address');
  });

  it('is not asked for while the picture is out of sight', async () => {
    const far = document.createElement('div');
    far.style.blockSize = '20000px';
    const element = document.createElement('ai-image');
    element.src = RED_PIXEL;
    element.setAttribute('expires-at', PAST);
    const events = record(element, 'ai-image-refresh');
    document.body.append(far, element);
    await until(() => words(element).includes('Image expired'), 'the words');
    await realPause(150);
    expect(events).to.have.length(0);
    element.scrollIntoView();
    await until(() => events.length === 1, 'asked once it is near');
    far.remove();
    element.remove();
  });

  it('is not asked for where a listener prevents it', async () => {
    const element = document.createElement('ai-image');
    let asked = 0;
    element.src = RED_PIXEL;
    element.expiresAt = PAST;
    element.refresh = async () => ({ url: RED_PIXEL, asked: (asked += 1) });
    element.addEventListener('ai-image-refresh', (event) => event.preventDefault());
    document.body.append(element);
    await until(() => words(element).includes('Image expired'), 'the words');
    await realPause(100);
    expect(asked).to.equal(0);
    element.remove();
  });

  it('is asked for one at a time, whoever asks', async () => {
    const element = await picture({
      src: RED_PIXEL,
      'expires-at': String(Date.now() + 300),
      'when-expired': 'replace',
    });
    let underWay = 0;
    let most = 0;
    let asked = 0;
    element.refresh = async () => {
      asked += 1;
      most = Math.max(most, (underWay += 1));
      await realPause(200);
      underWay -= 1;
      return { url: await pictureUrl() };
    };
    await until(() => asked === 1, 'asked at the end');
    void element.reload();
    void element.download();
    button(element, 'Getting a fresh address…')?.click();
    await until(() => isLoaded(element), 'loaded');
    expect([most, asked]).to.deep.equal([1, 1]);
  });

  it('is asked for by at most four pictures at a time', async () => {
    let underWay = 0;
    let most = 0;
    const refresh: AiImage['refresh'] = async () => {
      most = Math.max(most, (underWay += 1));
      await realPause(30);
      underWay -= 1;
      return { url: RED_PIXEL };
    };
    const elements = Array.from({ length: 40 }, () => document.createElement('ai-image'));
    for (const [index, element] of elements.entries())
      Object.assign(element, { src: `${RED_PIXEL}#${index}`, width: 8, height: 8, expiresAt: PAST, refresh });
    document.body.append(...elements);
    await until(() => elements.every(isLoaded), 'all of them');
    expect(most).to.equal(4);
    for (const element of elements) element.remove();
  });

  it('is asked for once by all pictures of one address, where they ask the same', async () => {
    const others: string[] = [];
    let asked = 0;
    const refresh: AiImage['refresh'] = async () => {
      asked += 1;
      await realPause(30);
      return { url: RED_PIXEL };
    };
    const own: AiImage['refresh'] = async (url) => ({ url: RED_PIXEL, asked: others.push(url) });
    const elements = Array.from({ length: 9 }, () => document.createElement('ai-image'));
    for (const element of elements)
      Object.assign(element, { src: `${RED_PIXEL}#one`, width: 8, height: 8, expiresAt: PAST, refresh });
    const other = Object.assign(document.createElement('ai-image'), {
      src: `${RED_PIXEL}#one`,
      width: 8,
      height: 8,
      expiresAt: PAST,
      refresh: own,
    });
    document.body.append(...elements, other);
    await until(() => [...elements, other].every(isLoaded), 'all of them');
    expect([asked, others.length]).to.deep.equal([1, 1]);
    for (const element of elements)
      Object.assign(element, { src: `${RED_PIXEL}#one`, width: 8, height: 8, expiresAt: PAST });
    await until(() => asked === 2, 'asked anew, later');
    await until(() => elements.every(isLoaded), 'all of them again');
    expect(asked).to.equal(2);
    for (const element of [...elements, other]) element.remove();
  });

  it('is asked for once where nobody answers, and again when the page has somebody', async () => {
    const element = document.createElement('ai-image');
    Object.assign(element, { src: RED_PIXEL, expiresAt: PAST, loading: 'eager' });
    const events = record(element, 'ai-image-refresh');
    document.body.append(element);
    await until(() => words(element).includes('Image expired'), 'the words');
    await realPause(150);
    expect(events.length).to.equal(1);
    element.refresh = async () => ({ url: RED_PIXEL });
    await until(() => isLoaded(element), 'loaded');
    element.remove();
  });

  it('that fails leaves words and a button; the button asks again', async () => {
    const element = document.createElement('ai-image');
    const events = record(element, 'ai-image-error');
    let asked = 0;
    element.alt = 'A fox';
    element.src = RED_PIXEL;
    element.expiresAt = PAST;
    element.refresh = async () => {
      asked += 1;
      if (asked === 1) throw new Error('no');
      return { url: await pictureUrl() };
    };
    document.body.append(element);
    await until(() => words(element).includes('No new address'), 'the words');
    expect(words(element)).to.contain('A fox');
    expect(codeOf(events[0])).to.equal('refresh');
    await realPause(100);
    expect(asked).to.equal(1);
    button(element, 'Get it again')!.click();
    await until(() => isLoaded(element), 'loaded');
    element.remove();
  });

  const wrongAnswers: [title: string, answer: unknown][] = [
    ['no address', {}],
    ['null', null],
    ['a number for an address', { url: 5 }],
    ['an address that runs', { url: 'javascript:alert(1)' }],
    ['a data: SVG', { url: 'data:image/svg+xml,<svg/>' }],
  ];
  for (const [title, answer] of wrongAnswers) {
    it(`is not taken where the answer is ${title}`, async () => {
      const element = document.createElement('ai-image');
      element.src = RED_PIXEL;
      element.expiresAt = PAST;
      element.refresh = async () => answer as { url: string };
      document.body.append(element);
      await until(
        () => words(element).includes('No new address') || words(element).includes('not loaded here'),
        'words',
      );
      expect(element.src).to.equal(RED_PIXEL);
      expect(part(element, 'image') === null, 'no picture').to.equal(true);
      element.remove();
    });
  }

  it('from an endpoint that fails, or gives an address that runs, is not taken', async () => {
    for (const mode of ['fail', 'evil']) {
      const endpoint = await pictureUrl({ mode }, '/refresh');
      const element = await picture({ src: RED_PIXEL, 'expires-at': PAST, 'refresh-endpoint': endpoint });
      await until(() => element.matches(':state(error)'), `error in mode ${mode}`);
      expect(element.src).to.equal(RED_PIXEL);
    }
  });

  it('that comes after the address was changed is dropped', async () => {
    const answers: ((address: { url: string }) => void)[] = [];
    const element = document.createElement('ai-image');
    element.src = RED_PIXEL;
    element.expiresAt = PAST;
    element.refresh = () => new Promise((resolve) => answers.push(resolve));
    document.body.append(element);
    await until(() => element.matches(':state(refreshing)'), 'refreshing');
    const src = await pictureUrl();
    Object.assign(element, { src, expiresAt: null });
    await until(() => isLoaded(element), 'loaded');
    answers[0]!({ url: RED_PIXEL });
    await realPause(50);
    expect(element.src).to.equal(src);
    element.remove();
  });

  it('that does not work either does not become a loop', async () => {
    const element = document.createElement('ai-image');
    let asked = 0;
    const id = uniqueId();
    const missing = await pictureUrl({ status: 404, id });
    element.src = await pictureUrl({ status: 404, first: 'yes' });
    element.refresh = async () => ({ url: `${missing}&n=${(asked += 1)}` });
    document.body.append(element);
    await until(() => words(element).includes('not there any more'), 'the words');
    await realPause(300);
    expect(asked).to.equal(1);
    element.remove();
  });

  it('believes a fresh address even where this device thinks that it has ended', async () => {
    const element = document.createElement('ai-image');
    const src = await signedUrl(2000, { skew: -3600_000, cors: 'off' });
    element.src = RED_PIXEL;
    element.expiresAt = PAST;
    element.refresh = async () => ({ url: src });
    document.body.append(element);
    await until(() => isLoaded(element), 'loaded');
    element.remove();
  });
});

describe('<ai-image>: a fresh address, with a clock under test control', () => {
  let clock: FakeClock;
  beforeEach(() => {
    clock = new FakeClock();
  });
  afterEach(() => clock.restore());

  it('backs off: one more try by itself, then it waits for the reader', async () => {
    const element = document.createElement('ai-image');
    const asked: number[] = [];
    const start = clock.time;
    element.src = RED_PIXEL;
    element.expiresAt = PAST;
    element.refresh = async () => {
      asked.push(clock.time - start);
      throw new Error('no');
    };
    document.body.append(element);
    const step = async (milliseconds: number): Promise<void> => {
      clock.tick(milliseconds);
      await realPause(30);
    };
    await until(() => asked.length === 1, 'the first');
    await step(1000);
    expect(asked).to.have.length(1);
    await step(2000);
    expect(asked).to.have.length(2);
    for (let minute = 0; minute < 10; minute += 1) await step(60_000);
    expect(asked).to.have.length(2);
    expect(words(element)).to.contain('Get it again');
    element.remove();
    expect((await picturesFetched(uniqueId())).length).to.equal(0);
    expect(clock.armed).to.equal(0);
  });
});
