import { expect } from '@open-wc/testing';
import { UrlPolicy } from '../../src/trust/url-policy.js';
import { outline, renderStreamed, renderWhole } from './rendering.js';

const directives = {
  chart: {
    tag: 'x-chart',
    attributes: ['data', 'title', 'onclick', 'style', 'id', 'slot', 'href', 'src', 'data-href'],
  },
  note: { tag: 'x-note', attributes: ['kind'] },
  bad: { tag: 'script' },
  worse: { tag: 'iframe' },
  none: null as never,
};
const policy = new UrlPolicy({ imageHosts: 'a.test' });
const render = (text: string): HTMLElement => renderWhole(text, { directives, policy });

describe('directives', () => {
  it('become the elements that the host has listed, with the attributes that it has listed', () => {
    const box = render(
      'See :chart[sales]{title="Q1 & Q2" other=1} here.\n\n::chart{title=leaf}\n\n:::note{kind=tip}\n\n- a\n- b\n\n:::\n\nAfter.',
    );
    const [inline, leaf] = box.querySelectorAll('x-chart');
    expect(inline!.outerHTML).to.equal('<x-chart title="Q1 &amp; Q2">sales</x-chart>');
    expect(leaf!.outerHTML).to.equal('<x-chart title="leaf"></x-chart>');
    expect(box.querySelectorAll('x-note[kind=tip] > ul > li').length).to.equal(2);
    expect(box.querySelector('x-note')!.textContent).not.to.include('After');
  });

  it('that nobody has listed stay text', () => {
    for (const text of [
      ':no[x]{a=1}',
      '::no{a}',
      ':::no\n',
      ':bad[x]',
      ':worse[x]{src=x}',
      '::bad',
      'a:chart',
      ':::',
    ]) {
      const box = render(text);
      expect(box.querySelectorAll('*').length).to.equal(1);
      expect(box.textContent!.trim()).to.equal(text.trim());
    }
    expect(renderWhole(':chart[x]{title=a}').textContent!.trim()).to.equal(':chart[x]{title=a}');
  });

  it('set no handler, no style, no name and no address that the policy refuses', () => {
    const box = render(
      ':chart[x]{onclick="alert(1)" style="position:fixed" id=a slot=header href="javascript:alert(1)" src="https://evil.test/x" title="javascript:alert(1)"}',
    );
    expect(box.querySelector('x-chart')!.getAttributeNames()).to.deep.equal([]);
    const good = render(':chart[x]{href="https://a.test/y" src="https://a.test/x.png"}').querySelector('x-chart')!;
    expect(good.outerHTML).to.equal('<x-chart href="https://a.test/y" src="https://a.test/x.png">x</x-chart>');
  });

  for (const [value, set] of [
    ['https://evil.test/x', null],
    ['//evil.test/x', null],
    ['/\\evil.test/x', null],
    ['https:evil.test/x', null],
    ['HTTP:/evil.test/x', null],
    ['w\tss:evil.test', null],
    ['java\tscript:alert(1)', null],
    [' \tdata:text/html,x', null],
    ['https://a.test/x.png', 'https://a.test/x.png'],
    ['1,2', '1,2'],
    ['a: b', 'a: b'],
  ] as const) {
    it(`set ${JSON.stringify(value)} in an attribute of any name only where it may load unasked`, () => {
      expect(render(`:chart[x]{data="${value}"}`).querySelector('x-chart')!.getAttribute('data')).to.equal(set);
    });
  }

  it('end a list at the margin', () => {
    const box = render(':::note{kind=a}\n- one\n- two\n:::\nAfter');
    expect(box.querySelectorAll('x-note li').length).to.equal(2);
    expect(box.querySelector('x-note')!.textContent).not.to.include('After');
  });

  it('are the same in pieces, and show no raw syntax on the way', () => {
    const text =
      'A :chart[sales]{title=x} b\n\n:::note{kind=tip}\nInside *it*.\n\n::chart{title=y}\n- list\n:::\nAfter :note[x].\n';
    const whole = outline(render(text));
    const streamed = renderStreamed(text.split(''), { directives, policy }, (container) => {
      expect(container.textContent).not.to.match(/[:{}[\]]|chart|kind|title/);
    });
    expect(outline(streamed)).to.equal(whole);
  });

  it('keep the element and what is in it while more comes', () => {
    const seen = new Set<Element>();
    renderStreamed(':::note{kind=a}\n\nOne.\n\nTwo.\n\n:::\n\nThree.'.split(''), { directives }, (container) => {
      const element = container.querySelector('x-note');
      if (element) seen.add(element);
    });
    expect(seen.size).to.equal(1);
  });
});
