import { expect } from '@open-wc/testing';
import '../../src/define/ai-markdown.js';
import '../../src/define/ai-stream-chat.js';
import { UrlPolicy } from '../../src/trust/url-policy.js';

const LINKS: [url: string, expected: string | null, why: string][] = [
  ['https://a.test', 'https://a.test/', 'normalised'],
  ['HTTP://A.test/%7E', 'http://a.test/%7E', 'normalised'],
  ['mailto:a@b.test', 'mailto:a@b.test', 'mail'],
  ['javascript:alert(1)', null, 'script'],
  ['java\nscript:alert(1)', null, 'script over two lines'],
  [' javascript:alert(1)', null, 'script behind a space'],
  ['data:text/html,x', null, 'a document of its own'],
  ['vbscript:x', null, 'script of old'],
  ['file:///etc/passwd', null, 'a file'],
  ['blob:https://a.test/x', null, 'an object of the page'],
  ['/logout', null, 'a request to the page itself'],
  ['//evil.test', null, 'a scheme of the page'],
  ['#composer', null, 'a place of the page'],
  ['https://bank.test@evil.test/', null, 'a host that is a name'],
  ['https://xn--pple-43d.com', 'https://xn--pple-43d.com/', 'shown as it is resolved'],
  [`https://a.test/${'x'.repeat(9000)}`, null, 'longer than anyone reads'],
];

const IMAGES: [hosts: string, url: string, action: string][] = [
  ['', 'https://a.test/x.png', 'ask'],
  ['a.test', 'https://a.test/x.png', 'load'],
  ['a.test', 'http://a.test/x.png', 'load'],
  ['https://a.test', 'http://a.test/x.png', 'ask'],
  ['a.test', 'https://a.test.evil.test/x.png', 'ask'],
  ['a.test', 'https://sub.a.test/x.png', 'ask'],
  ['*.a.test', 'https://sub.a.test/x.png', 'load'],
  ['*.a.test', 'https://evila.test/x.png', 'ask'],
  ['a.test', 'https://a.test:8443/x.png', 'ask'],
  ['a.test:8443', 'https://a.test:8443/x.png', 'load'],
  ['a.test/open/', 'https://a.test/open/../secret/x.png', 'ask'],
  ['a.test/open/', 'https://a.test/open/%2e%2e/secret/x.png', 'ask'],
  ['a.test/open/', 'https://a.test/open/x.png', 'load'],
  ['a.test/open/', 'https://a.test/open/..%2fsecret/x.png', 'ask'],
  ['a.test/open/', 'https://a.test/open/%252e%252e%252fsecret/x.png', 'ask'],
  ['a.test/open/', 'https://a.test/open/..%5Csecret/x.png', 'ask'],
  ['a.test/open/', 'https://a.test/open/..;/secret/x.png', 'ask'],
  ['a.test/open/', 'https://a.test/open/%25%32%65%25%32%65/secret/x.png', 'ask'],
  ['a.test/open/', 'https://a.test/open/..%255c%32Fsecret/x.png', 'ask'],
  ['a.test/open/', 'https://a.test/open/..%00/secret/x.png', 'ask'],
  ['a.test/open/', 'https://a.test/open/..%3bx/secret/x.png', 'ask'],
  ['a.test/open/', `https://a.test/open/%${'25'.repeat(2000)}41.png`, 'ask'],
  ['a.test/open/', 'https://a.test/open/folder%2Fx..y.png', 'load'],
  ['a.test/open/', 'https://a.test/open/50%25%20off%20..%C3%A9.png', 'load'],
  ['a.test/open/', 'https://a.test/open/M%FCnchen/K%F6ln.png', 'load'],
  ['a.test/open/', 'https://a.test/open/%f8%80%80%80%ae./x.png', 'ask'],
  ...[
    '%c0%ae%c0%ae/',
    '%25c0%25ae%25c0%25ae/',
    '%c0%2e%c0%2e/',
    '%e0%80%ae%e0%80%ae/',
    '%f0%80%80%ae./',
    '..%c0%af',
    '..%c1%9c',
    '%fc%80%80%80%80%ae./',
    '%u002e%u002e/',
    '..%u2216',
    '%ef%bc%8e%ef%bc%8e/',
    '..%ef%bc%8f',
    '%e2%80%a5/',
    '..::$DATA/',
    '%2e%2e%5c',
    '..%5c',
    '..;/',
    '..;a=b/',
    '%2e%2e;/',
    '.%09./',
    '.%00./',
    '%20../',
    '..%20/',
    '%252e%252e%255c',
    '..%0d%0a/',
  ].map((way): [string, string, string] => ['a.test/open/', `https://a.test/open/${way}secret/x.png`, 'ask']),
  ...[
    'caf%E9.png',
    '%E0%B8%81.png',
    '%F0%9F%98%80.png',
    'a..b/x.png',
    '...x.png',
    'v1..v2;a=b',
    '100%',
    '.well-known/x',
  ].map((file): [string, string, string] => ['a.test/open/', `https://a.test/open/${file}`, 'load']),
  ['a.test/öffen/', 'https://a.test/%C3%B6ffen/x.png', 'load'],
  ['bücher.test', 'https://xn--bcher-kva.test/x.png', 'load'],
  ['xn--bcher-kva.test', 'https://bücher.test/x.png', 'load'],
  ['*.BÜCHER.test', 'https://sub.bücher.test/x.png', 'load'],
  ['https://bücher.test:8443/a/', 'https://bücher.test:8443/a/x.png', 'load'],
  ['[::1]:8080', 'http://[::1]:8080/x.png', 'load'],
  ['[0:0:0:0:0:0:0:1]', 'http://[::1]/x.png', 'load'],
  ['http://[::1]', 'https://[::1]/x.png', 'ask'],
  ['0x7f.1', 'http://127.0.0.1/x.png', 'load'],
  ['a.test/open', 'https://a.test/openly/x.png', 'ask'],
  ['a.test/open', 'https://a.test/open/x.png', 'load'],
  ['*', 'https://any.test/x.png', 'load'],
  ['*', 'javascript:alert(1)', 'refuse'],
  ['*', 'data:image/svg+xml,x', 'refuse'],
  ['*', 'https://u:p@a.test/x.png', 'refuse'],
  ['self', '/own.png', 'load'],
  ['', '/own.png', 'ask'],
  ['self', 'https://a.test/x.png', 'ask'],
];

describe('UrlPolicy', () => {
  for (const [url, expected, why] of LINKS) {
    it(`link ${JSON.stringify(url.slice(0, 40))}: ${why}`, () => expect(new UrlPolicy().link(url)).to.equal(expected));
  }

  for (const [imageHosts, url, action] of IMAGES) {
    it(`image ${url} with "${imageHosts}": ${action}`, () => {
      expect(new UrlPolicy({ imageHosts }).image(url).action).to.equal(action);
    });
  }

  it('leaves for every host that is not listed, once one is', () => {
    expect(new UrlPolicy().leaves('https://a.test/')).to.equal(false);
    const policy = new UrlPolicy({ linkHosts: ['a.test', '*.b.test'] });
    expect(['https://a.test/', 'https://x.b.test/', 'https://c.test/'].map((url) => policy.leaves(url))).to.deep.equal([
      false,
      false,
      true,
    ]);
  });

  it('tells what in a list can be no host', () => {
    const readable = 'self * data: a.test *.b.test https://c.test:8443/d/ bücher.test [::1]:8080 localhost 127.0.0.1';
    expect(new UrlPolicy({ imageHosts: readable, linkHosts: readable }).unreadable).to.deep.equal([]);
    const unreadable = [
      'a.test,',
      "'self'",
      'ftp://a.test',
      'a.*.test',
      '[::1',
      'a.test:99999',
      'javascript:',
      'a@b.test',
      '/x',
    ];
    const policy = new UrlPolicy({ imageHosts: unreadable, linkHosts: 'data:' });
    expect(policy.unreadable).to.deep.equal(unreadable);
    expect(policy.leaves('https://a.test/')).to.equal(true);
  });

  for (const given of [5, true, {}, [5]] as any[]) {
    it(`trusts no host where it is given ${JSON.stringify(given)}`, () => {
      const policy = new UrlPolicy({ imageHosts: given, linkHosts: given });
      expect(policy.image('https://a.test/x.png').action).to.equal('ask');
      expect(policy.leaves('https://a.test/')).to.equal(true);
    });
  }

  it('resolves relative links against a base only', () => {
    expect(new UrlPolicy({ base: 'https://a.test/docs/' }).link('page')).to.equal('https://a.test/docs/page');
  });
});

describe('a list of hosts with an entry that is none', () => {
  for (const name of ['ai-markdown', 'ai-stream-chat'] as const) {
    it(`is told by <${name}>`, async () => {
      const element = document.createElement(name);
      const told: string[] = [];
      element.addEventListener('ai-warning', ({ code, message }) => told.push(`${code} ${message}`));
      Object.assign(element, { imageHosts: 'a.test, b.test', linkHosts: 'a.test' });
      document.body.append(element);
      await element.updateComplete;
      element.remove();
      expect(told).to.have.lengthOf(1);
      expect(told[0]).to.match(/^host-list .*a\.test,/);
    });
  }
});
