import { expect } from '@open-wc/testing';
import '../../src/define/ai-markdown.js';
import type { AiLinkEvent } from '../../src/events.js';
import { hostileTexts } from './hostile-texts.js';
import { addresses, findings } from './oracle.js';
import { HOSTILE_FILES, HOSTILE_KINDS } from '../support/hostile-vectors.mjs';

interface Vector {
  id: string;
  kind: string;
  input: string;
  as_link?: string;
  as_image?: string;
  must_not?: string[];
}

/** Texts longer than this are cut at every tenth code unit, and those longer than ten times that in forty places. */
const EVERY_UNIT = 1500;

function stepFor(text: string): number {
  if (text.length <= EVERY_UNIT) return 1;
  return text.length <= 10 * EVERY_UNIT ? 10 : Math.ceil(text.length / 40);
}

/** What ran: the usual proofs of vectors, called from anywhere. */
const ran: string[] = [];
const proofs = ['alert', 'confirm', 'prompt', 'print', 'open', 'xss', 'logChr', 'log'] as const;
const originals = proofs.map((name) => [name, (window as never)[name]] as const);

/** What was asked of the network, failed or not. */
const requested: string[] = [];
const observer = new PerformanceObserver((list) => {
  for (const { name } of list.getEntries()) if (!name.startsWith(location.origin)) requested.push(name);
});

async function settleNetwork(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 150));
  for (const { name } of observer.takeRecords()) if (!name.startsWith(location.origin)) requested.push(name);
}

async function loadVectors(file: string): Promise<Vector[]> {
  const response = await fetch(`/shared/vectors/${file}.json`);
  return response.ok ? ((await response.json()) as Vector[]).filter((vector) => HOSTILE_KINDS.has(vector.kind)) : [];
}

function allowed(url: string, rules: string[], prefix: string): boolean {
  const rule = rules.find((each) => each.startsWith(prefix));
  return (
    !rule ||
    rule
      .slice(prefix.length)
      .split('|')
      .some((origin) => url.startsWith(origin))
  );
}

/** Writes the text piece by piece into a real element and looks at every state; returns what is wrong. */
async function watch(text: string, rules: string[]): Promise<string[]> {
  const element = document.createElement('ai-markdown');
  element.imageHosts = 'https://example.com/ https://images.com/ https://prefix.com/prefix/';
  if (rules.some((rule) => rule.startsWith('href-not-in:')))
    element.linkHosts = 'https://example.com/ https://trusted.org/';
  document.body.append(element);
  await element.updateComplete;
  const root = element.shadowRoot!.querySelector('.markdown')!;
  element.value = text;
  const final = new Set([...addresses(root, 'href'), ...addresses(root, 'src')]);
  const problems = new Set(findings(root));
  element.value = '';
  const step = stepFor(text);
  for (let at = 0; at < text.length; at += step) {
    element.write(text.slice(at, at + step));
    element.flush();
    for (const problem of findings(root)) problems.add(problem);
    for (const url of [...addresses(root, 'href'), ...addresses(root, 'src')]) {
      if (!final.has(url)) problems.add(`unfinished address live: ${url}`);
    }
  }
  element.end();
  for (const url of addresses(root, 'href')) if (!allowed(url, rules, 'href-not-in:')) problems.add(`href ${url}`);
  for (const url of addresses(root, 'src')) if (!allowed(url, rules, 'src-not-in:')) problems.add(`src ${url}`);
  if (document.querySelector('script:not([src]):not([type])')) problems.add('a script in the page');
  await click(element, problems);
  element.remove();
  return [...problems];
}

async function click(element: HTMLElement, problems: Set<string>): Promise<void> {
  const onLink = (event: AiLinkEvent): void => {
    if (!/^(?:https?|mailto):/.test(event.url)) problems.add(`followed ${event.url}`);
    event.preventDefault();
  };
  element.addEventListener('ai-link', onLink);
  for (const target of element.shadowRoot!.querySelectorAll<HTMLElement>('a, summary, label')) target.click();
}

describe('nothing that a model writes runs, loads or deceives', () => {
  before(() => {
    for (const name of proofs) {
      Object.assign(window, { [name]: () => void ran.push(name) });
    }
    observer.observe({ type: 'resource', buffered: false });
  });

  after(() => {
    for (const [name, original] of originals) Object.assign(window, { [name]: original });
    observer.disconnect();
  });

  it('is seen by these oracles where it does happen', async () => {
    const box = document.createElement('div');
    document.body.append(box);
    box.innerHTML =
      '<img src="x:" onerror="alert(1)" style="x"><a href="javascript:alert(1)">a</a><form></form>' +
      '<div class="leaving"></div><b data-action="copy"></b>';
    const image = new Image();
    image.src = 'https://exfil.test/control';
    await new Promise((resolve) => image.addEventListener('error', resolve));
    await settleNetwork();
    expect(findings(box)).to.include.members([
      'attribute onerror',
      'attribute style',
      'address javascript:alert(1)',
      'active-tag form',
      'forged div class',
      'forged b data-action',
    ]);
    expect(ran).to.include('alert');
    expect(requested.some((url) => url.includes('exfil.test/control'))).to.equal(true);
    box.remove();
    ran.length = requested.length = 0;
  });

  async function watchAll(vectors: Vector[]): Promise<string[]> {
    const problems: string[] = [];
    for (const { id, input, as_link: link, as_image: image, must_not: rules = [] } of vectors) {
      for (const text of [input, link, image]) {
        if (text === undefined) continue;
        for (const problem of await watch(text, rules)) problems.push(`${id}: ${problem}`);
        if (ran.length > 0) problems.push(`${id}: ran ${ran.splice(0).join()}`);
      }
    }
    await settleNetwork();
    const loaded = requested
      .splice(0)
      .filter((url) => !/^https:\/\/(?:example\.com|images\.com|prefix\.com\/prefix)\//.test(url));
    return [...problems, ...loaded.map((url) => `requested ${url}`)];
  }

  for (const file of HOSTILE_FILES) {
    it(`in ${file}, at every prefix`, async function () {
      this.timeout(120_000);
      const vectors = await loadVectors(file);
      if (vectors.length === 0) this.skip();
      expect((await watchAll(vectors)).slice(0, 20)).to.deep.equal([]);
    });
  }

  it('in texts that try each thing in each place, at every prefix', async function () {
    this.timeout(120_000);
    const texts = hostileTexts();
    expect(texts.length).to.be.above(700);
    const vectors = texts.map((input) => ({ id: JSON.stringify(input.slice(0, 80)), kind: 'markdown', input }));
    expect((await watchAll(vectors)).slice(0, 20)).to.deep.equal([]);
  });
});
