import { elementWithText } from './elements.js';
import type { RenderContext } from './render-context.js';

export interface ImageSource {
  address: string;
  alt: string;
  title: string;
}

/**
 * A picture from a listed host; a button that names the host, if there is one, from any other; its description where it is
 * refused.
 */
export function createImage(source: ImageSource, context: RenderContext): HTMLElement {
  const decision = context.policy.image(source.address);
  if (decision.action === 'refuse') return describeRefused(source.alt);
  if (decision.action === 'load' || context.approvedImages.has(decision.url))
    return createPicture(decision.url, source);
  return createPlaceholder(decision.url, decision.host, source, context);
}

export function describeRefused(alt: string): HTMLElement {
  const element = elementWithText('span', alt);
  element.className = 'image-refused';
  return element;
}

export function createPicture(url: string, { alt, title }: ImageSource): HTMLImageElement {
  const image = document.createElement('img');
  image.alt = alt;
  image.referrerPolicy = 'no-referrer';
  image.loading = 'lazy';
  image.decoding = 'async';
  if (title) image.title = title;
  image.src = url;
  return image;
}

function createPlaceholder(
  url: string,
  host: string,
  { alt, title }: ImageSource,
  context: RenderContext,
): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'image-ask';
  // Its words say nothing of the direction of the text around it, as the picture will not either.
  button.dir = 'auto';
  button.setAttribute('part', 'image-placeholder');
  button.dataset['url'] = url;
  button.dataset['alt'] = alt;
  if (title) button.title = title;
  button.append(
    elementWithText('span', alt || context.strings.image),
    elementWithText('small', host === '' ? context.strings.showImage : context.strings.loadImage(host)),
  );
  return button;
}
