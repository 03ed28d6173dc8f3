import { expect, fixture, html } from '@open-wc/testing';
import type { LitElement, PropertyDeclaration } from 'lit';
import type { AiArtifactPanel } from '../../src/artifact/ai-artifact-panel.js';
import type { AiImage } from '../../src/image/ai-image.js';
import { isLoaded, RED_PIXEL, until } from '../image/pictures.js';
import '../../src/index.js';

type Open = LitElement & Record<string, unknown>;

const TAGS = ['ai-stream-chat', 'ai-markdown', 'ai-artifact-panel', 'ai-image', 'ai-stream-inspector'];

function propertiesOf(tag: string): [string, PropertyDeclaration][] {
  const { elementProperties } = customElements.get(tag) as typeof LitElement;
  const all = [...elementProperties].filter(([, { state }]) => !state);
  return all.map(([name, options]) => [String(name), options]);
}

function attributeOf(name: string, { attribute }: PropertyDeclaration): string | undefined {
  if (attribute === false) return undefined;
  return typeof attribute === 'string' ? attribute : name.toLowerCase();
}

describe('what is not given', () => {
  for (const tag of TAGS) {
    for (const [name, options] of propertiesOf(tag)) {
      const attribute = attributeOf(name, options);
      if (attribute === undefined) continue;
      it(`is as in the beginning: ${attribute} of <${tag}> that is gone, or given as nothing`, () => {
        const element = document.createElement(tag) as Open;
        const beginning = element[name];
        element.setAttribute(attribute, options.type === Boolean ? '' : '5');
        expect(element[name], 'set').to.equal(options.type === Boolean ? true : options.type === Number ? 5 : '5');
        element.removeAttribute(attribute);
        expect(element[name], 'gone').to.equal(beginning);
        for (const nothing of [undefined, null]) {
          element[name] = options.type === Boolean ? true : '7';
          element[name] = nothing;
          expect(element[name], String(nothing)).to.equal(beginning);
        }
      });
    }
  }

  it('is told by no word that says so: a description', async () => {
    const image = await fixture<AiImage>(html`<ai-image src=${RED_PIXEL} loading="eager"></ai-image>`);
    Object.assign(image, { alt: undefined });
    await until(() => isLoaded(image), 'loaded');
    expect(image.shadowRoot!.querySelector('img')!.hasAttribute('alt')).to.equal(false);
  });

  it('keeps no preview from running', async () => {
    const panel = await fixture<AiArtifactPanel>(html`<ai-artifact-panel run="never" open></ai-artifact-panel>`);
    panel.apply({ type: 'artifact-start', id: 'a', kind: 'html' });
    panel.apply({ type: 'artifact-replace', id: 'a', content: '<script>console.log(1)</script>' });
    panel.apply({ type: 'artifact-end', id: 'a' });
    await panel.updateComplete;
    const written = new Promise((resolve) => panel.addEventListener('ai-artifact-console', resolve, { once: true }));
    panel.removeAttribute('run');
    await written;
    const again = new Promise((resolve) => panel.addEventListener('ai-artifact-console', resolve, { once: true }));
    panel.setAttribute('run', '');
    await again;
  });

  it('keeps no panel from opening', async () => {
    const panel = await fixture<AiArtifactPanel>(html`<ai-artifact-panel auto-open=""></ai-artifact-panel>`);
    panel.apply({ type: 'artifact-start', id: 'a', kind: 'html' });
    await panel.updateComplete;
    expect(panel.artifacts.length).to.equal(1);
    expect(panel.open).to.equal(true);
  });

  it('is a number that is none', () => {
    const image = document.createElement('ai-image') as unknown as Open;
    for (const text of ['', 'none']) {
      for (const attribute of ['width', 'height', 'progress', 'partial-index']) image.setAttribute(attribute, text);
      expect([image['width'], image['height'], image['progress'], image['partialIndex']]).to.deep.equal([
        null,
        null,
        null,
        null,
      ]);
    }
  });

  it('is no size that comes as text, as where a framework sets the property', () => {
    const image = document.createElement('ai-image') as unknown as Open;
    for (const size of ['80', '80px', 80]) {
      image['width'] = size;
      image.setAttribute('height', String(size));
      expect([image['width'], image['height']], String(size)).to.deep.equal([80, 80]);
    }
  });
});
