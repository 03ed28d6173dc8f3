import '../../src/define/ai-markdown.js';
import '../../src/define/ai-stream-chat.js';
import { UrlPolicy } from '../../src/trust/url-policy.js';
import { hostileTexts } from '../markdown/hostile-texts.js';
import { findings } from '../markdown/oracle.js';

/** What a reader can press, wherever it stands. */
const ACTIVE = 'a, button, summary, label, input, [tabindex], [onclick], [popovertarget]';

const frame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

function scopes(): ParentNode[] {
  const elements = [...document.querySelectorAll('ai-markdown, ai-stream-chat')];
  return elements.flatMap((element) => Array.from(element.shadowRoot!.querySelectorAll('.markdown')));
}

/** Pieces of changing size, the same for the same text. */
function* pieces(text: string): Generator<string> {
  for (let at = 0, size = 1 + (text.length % 5); at < text.length; size = (size * 5 + 2) % 11) {
    yield text.slice(at, at + 1 + size);
    at += 1 + size;
  }
}

/** Each text into a real element, streamed and drawn after each piece. */
async function showInMarkdown(texts: string[]): Promise<string[]> {
  const problems = new Set<string>();
  for (const text of texts) {
    const element = document.createElement('ai-markdown');
    document.body.append(element);
    await element.updateComplete;
    for (const piece of pieces(text)) {
      element.write(piece);
      element.flush();
    }
    element.end();
    for (const problem of findings(element.shadowRoot!.querySelector('.markdown')!))
      problems.add(`${problem} in ${text.slice(0, 100)}`);
  }
  await frame();
  return [...problems, ...overlays()];
}

/** Each text as an answer, streamed over the wire. */
async function showInChat(texts: string[]): Promise<string[]> {
  const chat = document.createElement('ai-stream-chat');
  document.body.append(chat);
  await chat.updateComplete;
  for (const text of texts) {
    const events = [...pieces(text)].map((piece) => `data: ${JSON.stringify({ text: piece })}\n\n`);
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const event of events) controller.enqueue(new TextEncoder().encode(event));
        controller.enqueue(new TextEncoder().encode('event: done\ndata: {}\n\n'));
        controller.close();
      },
    });
    await chat.consume(body, { protocol: 'generic' });
  }
  await frame();
  await frame();
  return [...new Set(scopes().flatMap((root) => findings(root))), ...overlays()];
}

/** Whatever a model wrote stays where it was put. */
function overlays(): string[] {
  return scopes()
    .flatMap((root) => Array.from(root.querySelectorAll('*')))
    .filter((element) => /fixed|absolute|sticky/.test(getComputedStyle(element).position))
    .map((element) => `overlay ${element.outerHTML.slice(0, 100)}`);
}

interface Pressed {
  count: number;
  /** Addresses that `ai-link` told, and hosts that a button named before it loaded a picture from them. */
  links: string[];
  named: string[];
}

/**
 * Presses every picture that asks, or all else, as a reader's hand does; links are told and go no further. To be called
 * with a user's gesture.
 */
async function pressAll(pictures: boolean): Promise<Pressed> {
  const pressed: Pressed = { count: 0, links: [], named: [] };
  const hold = (event: Event): void => {
    pressed.links.push((event as Event & { url: string }).url);
    event.preventDefault();
  };
  addEventListener('ai-link', hold);
  for (const root of scopes()) {
    for (const target of root.querySelectorAll<HTMLElement>(ACTIVE)) {
      if (target.matches('.image-ask') !== pictures) continue;
      if (pictures) pressed.named.push(target.querySelector('small')!.textContent!.replace('Load image from ', ''));
      pressed.count += 1;
      target.focus();
      target.dispatchEvent(new MouseEvent('auxclick', { bubbles: true, composed: true, cancelable: true, button: 1 }));
      target.click();
    }
  }
  await frame();
  removeEventListener('ai-link', hold);
  return pressed;
}

function clear(): void {
  for (const element of document.querySelectorAll('ai-markdown, ai-stream-chat, .broken')) element.remove();
}

const policy = { link: UrlPolicy.prototype.link, image: UrlPolicy.prototype.image };

/** A policy that lets everything through: what the oracles are there for happens. */
function breakPolicy(isBroken: boolean): void {
  Object.assign(
    UrlPolicy.prototype,
    isBroken ? { link: (url: string) => url, image: (url: string) => ({ action: 'load', url, host: '' }) } : policy,
  );
}

/** What no policy is asked about, each as it would be if it got through. */
function showBroken(): string[] {
  const box = document.createElement('div');
  box.className = 'broken';
  box.innerHTML =
    '<img src="https://picture.test/x" onerror="alert(1)"><link rel="preconnect" href="https://connect.test">' +
    '<b style="position:fixed;background:url(https://style.test/x)" id="location2">x</b><form name="cookie2"></form>' +
    '<button onclick="window.open(\'https://popup.test/\')">x</button><a download="x.exe" href="data:application/x,x">x</a>';
  document.body.append(box);
  return findings(box);
}

Object.assign(globalThis, {
  hostile: { hostileTexts, showInMarkdown, showInChat, pressAll, clear, breakPolicy, showBroken },
});
