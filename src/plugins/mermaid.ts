import { frameAddress } from '../artifact/preview/frame/frame-address.js';
import { mermaidDocument } from '../artifact/preview/mermaid-document.js';
import { DiagramFrame } from './diagram-frame.js';
import { once } from './once.js';
import type { ConstructInfo, Drawn, MarkdownPlugin } from '../markdown/plugin.js';

export type { MarkdownPlugin } from '../markdown/plugin.js';
export { setMermaidSource } from '../artifact/preview/mermaid-source.js';

export interface MermaidOptions {
  /** What the frame of a diagram is called for assistive technology. Default `Diagram`. */
  title?: string;
  /** Another origin of the host's that serves `artifact-frame.html`, as `sandbox-origin` of the artifact panel. */
  sandboxOrigin?: string;
}

/** A longer diagram is shown as code. */
const LONGEST = 50_000;
/** A diagram is drawn when it is so near to what the reader sees. */
const NEAR = '400px';
/** A page may fade from one colour to the other: milliseconds without a further step. */
const SETTLED_AFTER = 100;

/**
 * Fenced code in the language `mermaid`, drawn once it is complete and near the reader's eye: inside the sandbox of the
 * artifacts, where nothing reaches the page or the network. What cannot be drawn stays code.
 */
export function mermaid(options: MermaidOptions = {}): MarkdownPlugin {
  return madeOnce(options);
}

const madeOnce = once((options: MermaidOptions): MarkdownPlugin => ({
  name: 'mermaid',
  languages: ['mermaid'],
  async render(source, info) {
    if (source.length > LONGEST) return null;
    await whenNear(info.holder, info.signal);
    return info.signal.aborted ? null : draw(source, info, options);
  },
}));

async function draw(source: string, info: ConstructInfo, options: MermaidOptions): Promise<Drawn> {
  const { holder, signal } = info;
  const frame = new DiagramFrame(info, { title: options.title ?? 'Diagram', frameUrl: frameUrl(options) });
  const show = async (dark: boolean): Promise<void> => {
    const html = await mermaidDocument({ content: source }, { embedded: true, dark });
    if (!signal.aborted) frame.show(html);
  };
  const dark = isDark(holder);
  await show(dark);
  if (!signal.aborted) followScheme(info, dark, show);
  return frame.drawn;
}

/** Has a diagram drawn again once its text is light where it was dark, whatever has changed that, when it is near. */
function followScheme({ holder, signal }: ConstructInfo, drawn: boolean, show: (dark: boolean) => Promise<void>): void {
  let dark = drawn;
  let timer: ReturnType<typeof setTimeout>;
  const look = async (): Promise<void> => {
    await whenNear(holder, signal);
    if (signal.aborted || isDark(holder) === dark) return;
    dark = !dark;
    // Where it cannot be drawn again, the drawing stands.
    await show(dark).catch(() => {});
  };
  // Only a transition tells of a colour that is another: the style sheet has one here for that.
  const changes = (event: Event): void => {
    clearTimeout(timer);
    if ((event as TransitionEvent).propertyName === 'color') timer = setTimeout(() => void look(), SETTLED_AFTER);
  };
  holder.parentElement?.addEventListener('transitionrun', changes, { signal });
  signal.addEventListener('abort', () => clearTimeout(timer));
}

function frameUrl({ sandboxOrigin }: MermaidOptions): string | undefined {
  if (sandboxOrigin === undefined) return undefined;
  const address = frameAddress(sandboxOrigin, location.href);
  if ('refused' in address) throw new TypeError(address.refused);
  return address.url;
}

function whenNear(holder: Element, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) finish();
      },
      { rootMargin: NEAR },
    );
    const finish = (): void => {
      observer.disconnect();
      resolve();
    };
    signal.addEventListener('abort', finish);
    // The place itself is empty: the code beside it is what is seen.
    observer.observe(holder.parentElement ?? holder);
  });
}

/** Whether text is light on dark there. */
function isDark(element: Element): boolean {
  const [red = 0, green = 0, blue = 0] = (getComputedStyle(element).color.match(/[\d.]+/g) ?? []).map(Number);
  return 0.3 * red + 0.6 * green + 0.1 * blue > 128;
}
