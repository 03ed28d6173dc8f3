/**
 * Pages of before the language had it carry libraries that put their own in its place: MooTools' and Prototype's
 * `Array.from` knows neither iterators nor a function for each item, Prototype's `entries` gives the items alone, and what
 * all of them add to every array and object is listed by `for … in`.
 */
import { expect, fixture, html } from '@open-wc/testing';
import '../../src/index.js';
import type { AiArtifactPanel, AiMarkdown, AiStreamChat, Message } from '../../src/index.js';
import { until } from '../support/until.mjs';
import { ScriptedResponse, scriptedFetch } from '../support/scripted-fetch.js';

const TEXT =
  'Words to *someone*_a_@example.org and **bold** ones.\n\n' +
  '- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n~~~js\nlet a = 1;\nlet b;\n~~~\n\n[x]: https://a.test/\n\n' +
  'A long paragraph, **bold** here and `code` there. '.repeat(60);

type Old = Record<string, PropertyDescriptor>;

/** A list with as many items as it says; what is no list is one. */
const from = (list: ArrayLike<unknown>): unknown[] => Array.prototype.slice.call(list);

const IN_ARRAYS: Old = {
  entries: {
    value(this: unknown[]) {
      return this.slice();
    },
  },
  last: {
    enumerable: true,
    value(this: unknown[]) {
      return this[this.length - 1];
    },
  },
};

/** Does something where such libraries are, and takes them away again: what tests with has no use for them. */
async function besideOldLibraries<Result>(act: () => Promise<Result>): Promise<Result> {
  const places: [object, Old][] = [
    [Array, { from: { value: from } }],
    [Array.prototype, IN_ARRAYS],
    [Object.prototype, { to_query: { enumerable: true, value: () => '' } }],
  ];
  const before = places.map(
    ([place, old]) =>
      Object.keys(old).map((name) => [name, Object.getOwnPropertyDescriptor(place, name)]) as [
        string,
        PropertyDescriptor | undefined,
      ][],
  );
  for (const [place, old] of places)
    for (const name of Object.keys(old))
      Object.defineProperty(place, name, { configurable: true, writable: true, ...old[name] });
  try {
    return await act();
  } finally {
    places.forEach(([place], at) => {
      for (const [name, descriptor] of before[at]!) {
        if (descriptor) Object.defineProperty(place, name, descriptor);
        else delete (place as Record<string, unknown>)[name];
      }
    });
  }
}

const contentOf = ({ shadowRoot }: AiMarkdown): string => shadowRoot!.querySelector('[part=content]')!.innerHTML;

describe('beside libraries that have others in place of what the language has', () => {
  it('a text that streams is drawn as ever', async () => {
    const [whole, streamed] = [document.createElement('ai-markdown'), document.createElement('ai-markdown')];
    for (const element of [whole, streamed]) element.lineNumbers = true;
    const place = await fixture<HTMLElement>(html`<div></div>`);
    place.append(whole, streamed);
    whole.value = TEXT;
    await whole.updateComplete;
    await besideOldLibraries(async () => {
      for (let at = 0; at < TEXT.length; at += 9) {
        streamed.write(TEXT.slice(at, at + 9));
        streamed.flush();
      }
      streamed.end();
      await streamed.updateComplete;
    });
    expect(contentOf(streamed)).to.equal(contentOf(whole));
  });

  it('an answer is shown, and what is asked goes out as ever', async () => {
    const response = new ScriptedResponse();
    const answering = scriptedFetch(response);
    const chat = await fixture<AiStreamChat>(html`<ai-stream-chat endpoint="/chat"></ai-stream-chat>`);
    chat.fetch = answering;
    const text = await besideOldLibraries(async () => {
      const answer = chat.send('Go');
      response.send({ text: 'One ' }, { text: '**two**' });
      response.write('data: [DONE]\n\n');
      response.close();
      await answer;
      await chat.updateComplete;
      await new Promise((resolve) => setTimeout(resolve, 100));
      return chat.shadowRoot!.querySelector('[part~=thread]')!.textContent;
    });
    expect(text).to.include('One two');
    expect(text).to.include('Go');
    const [{ id }] = answering.sent[0]!.body.messages as [Message];
    expect(id).to.match(/^[a-z0-9]{16}$/);
  });

  it('the versions of an artifact are compared, and its lines numbered', async () => {
    const panel = await fixture<AiArtifactPanel>(html`<ai-artifact-panel></ai-artifact-panel>`);
    const find = (selector: string) => panel.shadowRoot!.querySelector<HTMLElement>(selector);
    const numbers = await besideOldLibraries(async () => {
      for (const content of ['let a = 1;\nlet b;', 'let a = 2;\nlet b;']) {
        panel.apply({ type: 'artifact-start', id: 'x', kind: 'code', language: 'js' });
        panel.apply({ type: 'artifact-delta', id: 'x', delta: content });
        panel.apply({ type: 'artifact-end', id: 'x', status: 'complete' });
      }
      panel.show('x');
      panel.view = 'code';
      await until(() => find('[data-lines]'));
      const lines = find('[data-lines]')!.dataset['lines'];
      panel.view = 'diff';
      await until(() => find('ins'));
      return lines;
    });
    expect(numbers).to.equal('1\n2');
  });
});
