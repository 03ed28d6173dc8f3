/** Boxes of ours around what is a reader's. */
const BOXES = '.code-block, .table-block, .table-scroll, .lines';
/** Attributes of ours, which mean nothing outside. */
const OWN = /^(?:part|tabindex|role|class|target|rel|loading|decoding|referrerpolicy|aria-.*|data-.*)$/;

/**
 * Rendered text as it can stand by itself: without buttons and frames, each link with its address, each picture that was
 * not asked for as a link to it. Changes the element and returns it.
 */
export function readableCopy<Box extends Element>(box: Box): Box {
  for (const chrome of box.querySelectorAll('[data-chrome], .pending, .visually-hidden')) chrome.remove();
  for (const place of box.querySelectorAll('.construct')) settleConstruct(place);
  for (const annotation of box.querySelectorAll('annotation')) annotation.remove();
  for (const element of box.querySelectorAll(BOXES)) element.replaceWith(...element.childNodes);
  for (const alert of box.querySelectorAll('.alert')) alert.prepend(titleOf(alert));
  for (const link of box.querySelectorAll('a[data-url]')) link.setAttribute('href', link.getAttribute('data-url')!);
  for (const button of box.querySelectorAll('button[data-action=retry]')) button.remove();
  for (const button of box.querySelectorAll('button.image-ask')) button.replaceWith(linkTo(button));
  for (const element of box.querySelectorAll('*')) {
    for (const name of element.getAttributeNames()) {
      if (OWN.test(name) && !(name === 'class' && element.localName === 'code')) element.removeAttribute(name);
    }
  }
  return box;
}

/** A formula stands for its code, and code for a diagram in a frame. */
function settleConstruct(place: Element): void {
  if (place.matches('.fence')) {
    const isFormula = place.firstElementChild?.localName === 'math';
    (isFormula ? place.parentElement?.querySelector('pre') : place)?.remove();
  } else if (place.childNodes.length === 0) place.textContent = place.getAttribute('data-markdown');
}

function titleOf(alert: Element): Element {
  const title = document.createElement('p');
  title.appendChild(document.createElement('strong')).textContent = alert.getAttribute('data-title');
  return title;
}

function linkTo(button: Element): Element {
  const link = document.createElement('a');
  const url = button.getAttribute('data-url') ?? '';
  link.setAttribute('href', url);
  link.textContent = button.getAttribute('data-alt') || url;
  return link;
}
