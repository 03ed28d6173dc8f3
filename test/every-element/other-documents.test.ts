import { expect } from '@open-wc/testing';
import type { LitElement } from 'lit';
import '../../src/index.js';

const TAGS = ['ai-stream-chat', 'ai-markdown', 'ai-artifact-panel', 'ai-image', 'ai-stream-inspector'] as const;

function create(tag: (typeof TAGS)[number]): LitElement {
  const element = document.createElement(tag) as LitElement;
  element.toggleAttribute('open', true);
  return element;
}

async function put(element: LitElement, place: Element): Promise<void> {
  place.append(element);
  await element.updateComplete;
}

/** How many rules each sheet of an element has, in the order that counts. */
const rulesOf = ({ shadowRoot }: LitElement): number[] =>
  shadowRoot!.adoptedStyleSheets.map(({ cssRules }) => cssRules.length);

describe('in another document, as of a window of its own', () => {
  let frame: HTMLIFrameElement;
  const errors: unknown[] = [];
  const note = ({ reason }: PromiseRejectionEvent) => errors.push(reason);
  // What was hidden and is shown again has new sizes, which a browser says that it tells with the next frame.
  const ignoreSizes = (event: ErrorEvent): void => {
    if (event.message.startsWith('ResizeObserver loop')) event.stopImmediatePropagation();
  };
  before(() => addEventListener('error', ignoreSizes, { capture: true }));
  beforeEach(() => {
    addEventListener('unhandledrejection', note);
    frame = document.createElement('iframe');
    frame.hidden = document.body.hidden = true;
    document.body.append(frame);
  });
  afterEach(() => {
    removeEventListener('unhandledrejection', note);
    document.body.replaceChildren();
    document.body.hidden = false;
    expect(errors).to.deep.equal([]);
  });

  for (const tag of TAGS) {
    it(`<${tag}> keeps its styles when it is moved there, and back`, async () => {
      const element = create(tag);
      await put(element, document.body);
      const rules = rulesOf(element);
      expect(rules).not.to.deep.equal([]);
      await put(element, frame.contentDocument!.body);
      expect(rulesOf(element)).to.deep.equal(rules);
      await put(element, document.body);
      expect(rulesOf(element)).to.deep.equal(rules);
    });

    it(`<${tag}> has them when that is where it is first shown`, async () => {
      const here = create(tag);
      await put(here, document.body);
      const there = create(tag);
      await put(there, frame.contentDocument!.body);
      expect(rulesOf(there)).to.deep.equal(rulesOf(here));
    });
  }
});
