import { expect } from '@open-wc/testing';
import '../../src/define/ai-image.js';
import type { AiImageExpireEvent } from '../../src/events.js';
import { forgetClocks, knowsClockOf } from '../../src/image/clock/server-clock.js';
import { FakeClock } from './fake-clock.js';
import {
  button,
  isLoaded,
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

const HOUR = 3600_000;

describe('<ai-image>: the end of an address, against a server that signs and refuses', () => {
  beforeEach(forgetClocks);

  it('shows a picture of another origin, without a referrer', async () => {
    const id = uniqueId();
    const element = await picture({ src: await pictureUrl({ id }), alt: 'A blue square' });
    await until(() => isLoaded(element), 'loaded');
    expect(part(element, 'image')).to.have.property('alt', 'A blue square');
    expect(words(element)).to.equal('');
    expect(await picturesFetched(id)).to.have.length(1);
    expect((await picturesFetched(id))[0]!.referer).to.equal(null);
  });

  it('says that it has expired when two real seconds have passed, keeps the picture and asks for nothing', async () => {
    const id = uniqueId();
    const element = await picture({ src: await signedUrl(2000, { id }), alt: '' });
    const events = record(element, 'ai-image-expire', 'ai-image-refresh', 'ai-image-error');
    await until(() => isLoaded(element), 'loaded');
    const before = (await picturesFetched(id)).length;
    await until(() => element.matches(':state(expired)'), 'expired');
    await element.updateComplete;
    expect(words(element)).to.equal('Image expired');
    expect(part(element, 'image')!.getClientRects()).to.have.length(1);
    expect(events.map(({ type }) => type)).to.deep.equal(['ai-image-expire']);
    expect((events[0] as AiImageExpireEvent).expiresAt).to.be.instanceOf(Date);
    expect(await picturesFetched(id)).to.have.length(before);
  });

  it('gives way to words where the host wants it so', async () => {
    const element = await picture({ src: await signedUrl(1000), alt: 'A fox', 'when-expired': 'replace' });
    await until(() => element.matches(':state(expired)'), 'expired');
    await until(() => !part(element, 'image'), 'the picture is gone');
    expect(words(element)).to.contain('Image expired').and.to.contain('A fox');
  });

  it('says that it has expired where the server refuses though no end is known', async () => {
    const element = await picture({ src: await pictureUrl({ status: 410 }), alt: 'A fox' });
    await until(() => element.matches(':state(expired)'), 'expired');
    expect(words(element)).to.contain('Image expired');
  });

  it('takes a 403 before the end for an early end: its credentials were shorter-lived', async () => {
    const url = new URL(await signedUrl(HOUR));
    url.searchParams.set('X-Amz-Signature', 'revoked');
    const element = await picture({ src: url.href, alt: '' });
    await until(() => element.matches(':state(expired)'), 'expired');
  });

  it('corrects a slow device clock by the response', async () => {
    const element = await picture({ src: await signedUrl(2000, { skew: HOUR }), alt: '' });
    await until(() => isLoaded(element), 'loaded');
    await until(() => element.matches(':state(expired)'), 'expired an hour before the device thinks');
  });

  it('corrects a fast device clock: what the server still gives is shown', async () => {
    const element = await picture({ src: await signedUrl(4000, { skew: -HOUR }), alt: '' });
    await until(() => isLoaded(element), 'loaded though the device thinks that it has ended');
    await until(() => !element.matches(':state(expired)'), 'not expired');
    await until(() => element.matches(':state(expired)'), 'expired by the clock of the server');
  });

  it('does not pretend: one that must load after its end is not asked of a server whose clock is known', async () => {
    const first = await picture({ src: await signedUrl(HOUR), alt: '' });
    await until(() => isLoaded(first) && knowsClockOf(first.src), 'the clock is known');
    const id = uniqueId();
    const src = new URL(await signedUrl(HOUR, { id }));
    const element = await picture({ src: src.href, 'expires-at': '2020-01-01T00:00:00Z', alt: 'A fox' });
    await until(() => words(element).includes('Image expired'), 'the words');
    expect(part(element, 'image') === null, 'no picture').to.equal(true);
    expect(await picturesFetched(id)).to.have.length(0);
  });
});

describe('<ai-image>: the end of an address, with a clock under test control', () => {
  let clock: FakeClock;
  beforeEach(() => {
    forgetClocks();
    clock = new FakeClock();
  });
  afterEach(() => clock.restore());

  const ends: [title: string, at: (now: number) => string][] = [
    ['ISO 8601', (now) => new Date(now + 10_000).toISOString()],
    ['epoch seconds', (now) => String(Math.round(now / 1000) + 10)],
    ['epoch milliseconds', (now) => String(now + 10_000)],
  ];
  for (const [title, at] of ends) {
    it(`ends at expires-at in ${title}, not before`, async () => {
      const element = await picture({ src: RED_PIXEL, alt: '', 'expires-at': at(clock.time), countdown: 'off' });
      await until(() => isLoaded(element), 'loaded');
      clock.tick(8500);
      await element.updateComplete;
      expect(words(element)).to.equal('');
      clock.tick(2600);
      await element.updateComplete;
      expect(words(element)).to.equal('Image expired');
    });
  }

  it('takes the earlier of what the host and the address say', async () => {
    const src = `${await signedUrl(60_000)}`;
    const element = await picture({ src, alt: '', 'expires-at': String(clock.time + HOUR) });
    expect(element.expiry!.getTime()).to.be.below(clock.time + 62_000);
    element.expiresAt = clock.time + 5000;
    await element.updateComplete;
    expect(element.expiry!.getTime()).to.equal(clock.time + 5000);
  });

  it('counts down in the last hour, by minutes and then by seconds', async () => {
    const element = await picture({ src: RED_PIXEL, alt: '', 'expires-at': String(clock.time + 2 * HOUR) });
    await until(() => isLoaded(element), 'loaded');
    expect(words(element)).to.equal('');
    const after = async (milliseconds: number): Promise<string> => {
      clock.tick(milliseconds);
      await element.updateComplete;
      return words(element);
    };
    expect(await after(HOUR + 1000)).to.equal('Expires in 1 h');
    expect(await after(30 * 60_000)).to.equal('Expires in 30 min');
    expect(await after(29 * 60_000)).to.equal('Expires in 59 s');
    expect(await after(10_000)).to.equal('Expires in 49 s');
    expect(await after(49_000)).to.equal('Image expired');
  });

  it('does not count where the host has turned it off', async () => {
    const attributes = { src: RED_PIXEL, alt: '', 'expires-at': String(clock.time + 60_000), countdown: 'off' };
    const element = await picture(attributes);
    await until(() => isLoaded(element), 'loaded');
    clock.tick(30_000);
    await element.updateComplete;
    expect(words(element)).to.equal('');
  });

  it('waits longer than setTimeout can', async () => {
    const days = 24 * HOUR;
    const element = await picture({ src: RED_PIXEL, alt: '', 'expires-at': String(clock.time + 40 * days) });
    await until(() => isLoaded(element), 'loaded');
    clock.tick(39 * days);
    await element.updateComplete;
    expect(element.status).to.equal('loaded');
    expect(Math.max(...clock.delays)).to.be.below(2 ** 31);
    clock.tick(days);
    await element.updateComplete;
    expect(element.status).to.equal('expired');
  });

  it('leaves a hidden tab alone until its end, and is right when it is seen', async () => {
    let state: DocumentVisibilityState = 'hidden';
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
    const element = await picture({
      src: RED_PIXEL,
      alt: '',
      'expires-at': String(clock.time + 10 * HOUR),
      countdown: 'off',
    });
    await until(() => isLoaded(element), 'loaded');
    expect(clock.delays.at(-1)).to.be.greaterThan(9 * HOUR);
    clock.sleep(11 * HOUR);
    state = 'visible';
    document.dispatchEvent(new Event('visibilitychange'));
    await element.updateComplete;
    expect(words(element)).to.equal('Image expired');
    delete (document as { visibilityState?: unknown }).visibilityState;
  });

  for (const event of ['visibilitychange', 'pageshow', 'focus']) {
    it(`is right after a sleep, at once on ${event}`, async () => {
      const element = await picture({ src: RED_PIXEL, alt: '', 'expires-at': String(clock.time + HOUR) });
      await until(() => isLoaded(element), 'loaded');
      clock.sleep(2 * HOUR);
      expect(element.status).to.equal('loaded');
      (event === 'visibilitychange' ? document : window).dispatchEvent(new Event(event));
      await element.updateComplete;
      expect(words(element)).to.equal('Image expired');
    });
  }

  it('is right within a minute after a sleep that no event tells of', async () => {
    const element = await picture({ src: RED_PIXEL, alt: '', 'expires-at': String(clock.time + 24 * HOUR) });
    await until(() => isLoaded(element), 'loaded');
    clock.sleep(30 * HOUR);
    clock.tick(60_000);
    await element.updateComplete;
    expect(words(element)).to.equal('Image expired');
  });

  it('comes back to life when the host gives it a later end', async () => {
    const element = await picture({
      src: RED_PIXEL,
      alt: '',
      'expires-at': String(clock.time + 1000),
      countdown: 'off',
    });
    await until(() => isLoaded(element), 'loaded');
    clock.tick(2000);
    await element.updateComplete;
    element.setAttribute('expires-at', String(clock.time + HOUR));
    await element.updateComplete;
    expect(element.status).to.equal('loaded');
    expect(words(element)).to.equal('');
  });

  it('counts on when the clock is set back, and ends by the clock as it is then', async () => {
    const element = await picture({ src: RED_PIXEL, alt: '', 'expires-at': String(clock.time + 60_000) });
    const events = record(element, 'ai-image-expire');
    await until(() => isLoaded(element), 'loaded');
    clock.tick(30_000);
    clock.sleep(-HOUR);
    clock.tick(60_000);
    await element.updateComplete;
    expect(element.status).to.equal('loaded');
    clock.tick(HOUR);
    await element.updateComplete;
    expect(element.status).to.equal('expired');
    clock.sleep(-HOUR);
    clock.tick(2 * HOUR);
    expect(events).to.have.length(1);
  });

  it('tells of its end once', async () => {
    const element = await picture({ src: RED_PIXEL, alt: '', 'expires-at': String(clock.time + 1000) });
    const events = record(element, 'ai-image-expire');
    await until(() => isLoaded(element), 'loaded');
    clock.tick(5000);
    clock.tick(5000);
    expect(events).to.have.length(1);
  });

  it('keeps its own end while it is moved in the page', async () => {
    const element = await picture({ src: RED_PIXEL, alt: '', 'expires-at': String(clock.time + 1000) });
    await until(() => isLoaded(element), 'loaded');
    const image = part(element, 'image');
    const place = document.createElement('section');
    document.body.append(place);
    place.append(element);
    await element.updateComplete;
    expect(part(element, 'image') === image, 'the same picture').to.equal(true);
    expect(clock.armed).to.equal(1);
    clock.tick(1500);
    await element.updateComplete;
    expect(words(element)).to.equal('Image expired');
    place.remove();
  });

  it('offers no refresh on a picture that is still to be seen', async () => {
    const element = await picture({ src: RED_PIXEL, alt: '', 'expires-at': String(clock.time + 1000) });
    await until(() => isLoaded(element), 'loaded');
    clock.tick(2000);
    await element.updateComplete;
    expect(button(element, 'Get it again')).to.equal(undefined);
  });
});
