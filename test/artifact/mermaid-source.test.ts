import { expect } from '@open-wc/testing';
import { mermaidSource } from '../../src/artifact/preview/mermaid-source.js';

const SCRIPT = { headers: { 'content-type': 'text/javascript' } };

/** What a server answers where a bundler has left Mermaid behind. */
const ANSWERS: Record<string, () => Promise<Response>> = {
  'the page that it has for every address': async () =>
    new Response('<!doctype html><title>App</title>', { headers: { 'content-type': 'text/html; charset=utf-8' } }),
  'that there is none': async () => new Response('', { status: 404 }),
  nothing: () => Promise.reject(new TypeError('Failed to fetch')),
};

describe('Mermaid, of which nobody has said where it is', () => {
  const { fetch } = globalThis;
  afterEach(() => (globalThis.fetch = fetch));

  for (const [title, answer] of Object.entries(ANSWERS))
    it(`is said to be missing, with what to do: the server answers ${title}`, async () => {
      globalThis.fetch = answer;
      const error = await mermaidSource().then(String, String);
      expect(error).to.match(
        /^Error: Mermaid could not be had from http\S+\/lazy\/mermaid\.tiny\.js: .*setMermaidSource\(\)/,
      );
    });

  it('is read from beside this once it is there', async () => {
    globalThis.fetch = async () => new Response('mermaid', SCRIPT);
    expect(await mermaidSource()).to.equal('mermaid');
  });
});
