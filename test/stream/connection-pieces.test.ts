import { expect } from '@open-wc/testing';
import { Backoff } from '../../src/stream/backoff.js';
import { toLastEventIdHeader } from '../../src/stream/header-value.js';
import { readRetryAfter } from '../../src/stream/retry-after.js';
import { StallTimer } from '../../src/stream/stall-timer.js';
import { diagnoseUnreachable } from '../../src/stream/unreachable.js';

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('Retry-After', () => {
  const soon = (seconds: number, from = Date.now()) => new Date(from + seconds * 1000).toUTCString();
  const hour = 3_600_000;
  const vectors: [string, HeadersInit, number | undefined][] = [
    ['seconds', { 'retry-after': '7' }, 7000],
    ['nothing to wait for', { 'retry-after': '0' }, 0],
    ['milliseconds, which are more exact', { 'retry-after': '7', 'retry-after-ms': '1500' }, 1500],
    [
      'a date by a clock that is an hour slow',
      { 'retry-after': soon(30, Date.now() - hour), date: soon(0, Date.now() - hour) },
      30_000,
    ],
    [
      'a date by a clock that is an hour fast',
      { 'retry-after': soon(30, Date.now() + hour), date: soon(0, Date.now() + hour) },
      30_000,
    ],
    ['a date that has passed', { 'retry-after': soon(-30) }, 0],
    ['words', { 'retry-after': 'soon' }, undefined],
    ['a negative number', { 'retry-after': '-5' }, undefined],
    ['more digits than a number holds', { 'retry-after': '9'.repeat(400) }, undefined],
    ['none', {}, undefined],
  ];
  for (const [title, headers, expected] of vectors)
    it(`is ${title}`, () => expect(readRetryAfter(new Headers(headers))).to.equal(expected));

  it('is a date by the reader’s clock where the server tells no time', () => {
    expect(readRetryAfter(new Headers({ 'retry-after': soon(30) }))).to.be.within(28_000, 30_000);
  });
});

describe('the waits between attempts', () => {
  it('double from half a second to eight, each spread, and end after five', () => {
    const seen = Array.from({ length: 200 }, () => {
      const backoff = new Backoff();
      return Array.from({ length: 6 }, () => backoff.next());
    });
    [500, 1000, 2000, 4000, 8000].forEach((middle, index) => {
      const waits = seen.map((one) => one[index]!);
      expect(Math.min(...waits)).to.be.within(middle * 0.75, middle * 0.85);
      expect(Math.max(...waits)).to.be.within(middle * 1.15, middle * 1.25);
    });
    expect(seen.every((one) => one[5] === undefined)).to.equal(true);
  });

  it('begin again after progress, and are none where none is wanted', () => {
    const backoff = new Backoff(100);
    for (let attempt = 0; attempt < 5; attempt += 1) backoff.next();
    backoff.reset();
    expect(backoff.next()).to.be.below(126);
    expect(new Backoff(0).next()).to.equal(undefined);
  });
});

describe('an id as a header', () => {
  for (const [id, expected] of [
    ['7', '7'],
    ['é', '\u00c3\u00a9'],
    ['a\r\nx-evil: 1\0', 'ax-evil: 1'],
    ['', undefined],
    ['x'.repeat(5000), undefined],
  ] as const) {
    it(`is ${JSON.stringify(expected)?.slice(0, 20)} of ${JSON.stringify(id).slice(0, 20)}`, () => {
      const value = toLastEventIdHeader(id);
      expect(value).to.equal(expected);
      if (value !== undefined) expect(() => new Headers({ 'last-event-id': value })).to.not.throw();
    });
  }
});

describe('a timer for silence', () => {
  it('that was held up itself listens once more for what may be waiting', async () => {
    const { now } = Date;
    let stalls = 0;
    const timer = new StallTimer(30, () => (stalls += 1));
    // The machine slept: the clock went on, and the timer did not.
    Date.now = () => now.call(Date) + 90_000;
    await wait(45);
    expect(stalls).to.equal(0);
    Date.now = now;
    timer.heard();
    await wait(15);
    expect(stalls).to.equal(0);
    timer.stop();
  });

  it('calls it a stall where nothing was waiting, and where it was never held up', async () => {
    const { now } = Date;
    let stalls = 0;
    const late = new StallTimer(20, () => (stalls += 1));
    Date.now = () => now.call(Date) + 90_000;
    await wait(200);
    Date.now = now;
    expect(stalls).to.equal(1);
    late.stop();
  });
});

describe('a request that came to nothing', () => {
  for (const [url, words] of [
    ['/chat', /does the server run/],
    ['https://api.example/chat', /another origin.*Access-Control-Allow-Origin: http/],
    ['http://', /is no address/],
    ['ftp://a.example/', /no address of http/],
    ['file:///api/chat', /no address of http/],
    ['https://name:password@api.example/', /without a password/],
  ] as const)
    it(`is explained as far as a page can tell: ${url}`, () => expect(diagnoseUnreachable(url)).to.match(words));
});
