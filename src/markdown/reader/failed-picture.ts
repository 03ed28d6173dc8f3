import type { MarkdownStrings } from '../markdown-strings.js';
import { elementWithText } from '../writing/elements.js';
import { describeRefused } from '../writing/pictures.js';
import { announce } from './announce.js';

/**
 * Says in the place of a picture that it could not be loaded, with its description, and lets the reader try again. The
 * picture stays where it is, unseen: the text around it may still be written.
 */
export function showFailure(picture: HTMLImageElement, strings: MarkdownStrings): void {
  if ('failed' in picture.dataset) return;
  if (picture.src.startsWith('data:')) return showBroken(picture);
  const words = strings.imageFailed(new URL(picture.src).host);
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'image-ask';
  button.dataset['action'] = 'retry';
  button.setAttribute('part', 'image-placeholder');
  button.append(elementWithText('span', picture.alt || strings.image), elementWithText('small', words));
  const hadFocus = picture.matches(':focus');
  picture.dataset['failed'] = '';
  picture.after(button);
  if (hadFocus) button.focus({ preventScroll: true });
  announce(picture, words);
}

/** What came is none, and would be none another time. */
function showBroken(picture: HTMLImageElement): void {
  picture.dataset['failed'] = '';
  picture.after(describeRefused(picture.alt));
}

/** Loads the picture before this button once more. */
export function retryPicture(button: HTMLButtonElement): void {
  const picture = button.previousElementSibling as HTMLImageElement | null;
  if (picture?.localName !== 'img') return;
  delete picture.dataset['failed'];
  takeFocus(picture);
  button.remove();
  // eslint-disable-next-line no-self-assign -- This is how a browser is asked to load it anew.
  picture.src = picture.src;
}

/** The focus of a button that made room for a picture is the picture's: the reader goes on from there. */
export function takeFocus(picture: HTMLImageElement): void {
  picture.tabIndex = -1;
  picture.focus({ preventScroll: true });
  picture.addEventListener('blur', () => picture.removeAttribute('tabindex'), { once: true });
}
