import { expect, oneEvent } from '@open-wc/testing';
import '../../src/define/ai-image.js';
import { part, picture, pictureUrl, signedUrl, until, words } from './pictures.js';

describe('<ai-image>: lifetime against a real server', () => {
  it('shows a picture of another origin, without a referrer', async () => {
    const element = await picture({ src: await pictureUrl(), alt: 'A blue square' });
    await until(() => element.matches(':state(loaded)'), 'loaded');
    expect(part(element, 'image')).to.have.property('alt', 'A blue square');
    expect(words(element)).to.equal('');
  });

  it('says that it has expired when two real seconds have passed, and keeps the picture', async () => {
    const element = await picture({ src: await signedUrl(2000), alt: '' });
    await until(() => element.matches(':state(loaded)'), 'loaded');
    await oneEvent(element, 'ai-image-expire');
    await element.updateComplete;
    expect(words(element)).to.equal('Image expired');
    expect(part(element, 'image')).to.exist;
  });
});
