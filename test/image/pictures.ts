import { fixture } from '@open-wc/testing';
import type { AiImage } from '../../src/image/ai-image.js';
import { realPause } from './fake-clock.js';

/** What a request to the picture server was like. */
export interface LoggedRequest {
  method: string;
  path: string;
  search: string;
  referer: string | null;
  mode: string | null;
  dest: string | null;
}

let origin: Promise<string> | undefined;

/** Where the server of pictures is: another origin than the page. */
function pictureOrigin(): Promise<string> {
  origin ??= fetch('/image-server').then((response) => response.json() as Promise<string>);
  return origin;
}

export async function pictureUrl(options: Record<string, string | number> = {}, path = '/picture'): Promise<string> {
  const url = new URL(path, await pictureOrigin());
  for (const [name, value] of Object.entries(options)) url.searchParams.set(name, String(value));
  return url.href;
}

/** An address that the server refuses after `lifetime` milliseconds, rounded up to whole seconds. */
export async function signedUrl(lifetime: number, options: Record<string, string | number> = {}): Promise<string> {
  const answer = await fetch(await pictureUrl({ ...options, lifetime }, '/sign'));
  return ((await answer.json()) as { url: string }).url;
}

export async function requestsFor(id: string): Promise<LoggedRequest[]> {
  return (await fetch(await pictureUrl({ id }, '/log'))).json() as Promise<LoggedRequest[]>;
}

/** The requests for pictures, without those for signing and refreshing. */
export async function picturesFetched(id: string): Promise<LoggedRequest[]> {
  return (await requestsFor(id)).filter((request) => request.path === '/picture');
}

export function uniqueId(): string {
  return crypto.randomUUID();
}

/** An element in the page, with `attributes` as a host would write them. */
export async function picture(attributes: Record<string, string> = {}): Promise<AiImage> {
  const element = document.createElement('ai-image') as AiImage;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return fixture<AiImage>(element);
}

/** Whether the picture is on screen, and its address has not ended. */
export function isLoaded(element: Element): boolean {
  return element.matches(':state(loaded)') && !element.matches(':state(expired)');
}

/** A picture in the page, once it is on screen. */
export async function loaded(attributes: Record<string, string>): Promise<AiImage> {
  const element = await picture(attributes);
  await until(() => isLoaded(element), 'loaded');
  return element;
}

/** Looks again until it is so; says what was expected where it never comes. */
export async function until(isSo: () => unknown, expectation: string, patience = 8000): Promise<void> {
  const end = performance.now() + patience;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`Never came: ${expectation}`);
    await realPause(20);
  }
}

export function part(element: AiImage, name: string): HTMLElement | null {
  return element.shadowRoot!.querySelector<HTMLElement>(`[part~="${name}"]`);
}

/** The words that stand in the element's box. */
export function words(element: AiImage): string {
  return (part(element, 'box')?.innerText ?? '').replaceAll(/\s+/g, ' ').trim();
}

/** The events of some kinds that come to an element, in order. */
export function record(element: EventTarget, ...types: string[]): Event[] {
  const events: Event[] = [];
  for (const type of types) element.addEventListener(type, (event) => events.push(event));
  return events;
}

export function button(element: AiImage, name: string): HTMLButtonElement | undefined {
  const all = [...element.shadowRoot!.querySelectorAll('button')];
  return all.find((one) => (one.getAttribute('aria-label') ?? one.innerText).trim() === name);
}

export const PAST = '2020-01-01T00:00:00Z';

/** A PNG of one pixel: red. */
export const RED_PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';
