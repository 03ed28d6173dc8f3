import { frameAddress } from '../artifact/preview/frame-address.js';
import { mermaidDocument } from '../artifact/preview/mermaid-document.js';
import { DiagramFrame } from './diagram-frame.js';
import type { ConstructInfo, Drawn, MarkdownPlugin } from '../markdown/plugin.js';

export type { MarkdownPlugin } from '../markdown/plugin.js';
export { setMermaidSource } from '../artifact/preview/mermaid-document.js';

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

/**
 * Fenced code in the language `mermaid`, drawn once it is complete and near the reader's eye: inside the sandbox of the
 * artifacts, where nothing reaches the page or the network. What cannot be drawn stays code.
 */
export function mermaid(options: MermaidOptions = {}): MarkdownPlugin {
  return {
    name: 'mermaid',
    languages: ['mermaid'],
    async render(source, info) {
      if (source.length > LONGEST) return null;
      await whenNear(info.holder, info.signal);
      return info.signal.aborted ? null : draw(source, info, options);
    },
  };
}

async function draw(source: string, info: ConstructInfo, options: MermaidOptions): Promise<Drawn> {
  const { holder, signal } = info;
  const html = await mermaidDocument({ content: source }, { embedded: true, dark: isDark(holder) });
  if (signal.aborted) return null;
  return new DiagramFrame(info, { html, title: options.title ?? 'Diagram', frameUrl: frameUrl(options) }).drawn;
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
