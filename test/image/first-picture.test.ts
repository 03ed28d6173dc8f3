import { expect } from '@open-wc/testing';
import '../../src/define/ai-image.js';
import { part, record, RED_PIXEL, until } from './pictures.js';

// A page of its own: only its first picture has to wait for what shows pictures.
it('the first picture of a page is complete with what shows it, and takes what it is given before that', async () => {
  const element = Object.assign(document.createElement('ai-image'), { src: RED_PIXEL, alt: 'Red', loading: 'eager' });
  const loads = record(element, 'ai-image-load');
  document.body.append(element);
  expect([element.status, element.expiry]).to.deep.equal(['loading', null]);
  const reloaded = element.reload();
  await element.updateComplete;
  expect(part(element, 'notice')).to.not.equal(null);
  await reloaded;
  await until(() => element.status === 'loaded', 'loaded');
  expect(loads.length).to.be.above(0);
  element.remove();
});
