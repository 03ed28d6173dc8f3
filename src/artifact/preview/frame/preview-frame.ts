import { FocusGuard } from './focus-guard.js';
import { innerDocument, outerDocument } from './frame-document.js';
import { RateLimit, readFrameMessage, type FrameMessage } from './frame-messages.js';
import { FRAME_PERMISSIONS, framePolicy } from './frame-policy.js';
import { Heartbeat } from './heartbeat.js';
import { setFrameDocument } from './trusted-frame.js';
import { windowOf } from '../../../element/window-of.js';

/** Our own script answers at once; where a page's policy keeps it from running, nothing ever does. */
const ANSWER_WITHIN = 3000;

interface PreviewRequest {
  html: string;
  title: string;
  /** Whether the document's own scripts run. */
  scripts: boolean;
  /** Validated addresses that the document may load from. */
  origins: readonly string[];
  /** The address of our file on the host's other origin. */
  frameUrl: string | undefined;
  scroll: { x: number; y: number };
}

interface PreviewListener {
  message(message: FrameMessage): void;
  /** Messages that were too many or too large. */
  dropped(count: number): void;
  blocked(): void;
  /** The browser has loaded the frame anew, as it does when it is moved in the page: this run is over. */
  lost(): void;
  hung(): void;
  recovered(): void;
  settled(): void;
}

/**
 * One run of one document, isolated: an outer frame of ours whose policy forbids every frame address, and within it the
 * frame with the document, which inherits that policy. A new pair for each run: nothing is ever loaded into an old one,
 * so that the history of the page does not grow. https://html.spec.whatwg.org/multipage/iframe-embed-object.html
 */
export class PreviewFrame {
  readonly element = document.createElement('iframe');
  readonly #request: PreviewRequest;
  readonly #listener: PreviewListener;
  readonly #rate = new RateLimit(120, 50);
  readonly #listening = new AbortController();
  #hasLoaded = false;
  #port: MessagePort | undefined;
  #heartbeat: Heartbeat | undefined;
  #guard: FocusGuard | undefined;
  #answerTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(container: HTMLElement, request: PreviewRequest, listener: PreviewListener) {
    this.#request = request;
    this.#listener = listener;
    const { element } = this;
    element.className = 'frame';
    element.title = request.title;
    element.setAttribute('part', 'preview');
    element.setAttribute('sandbox', 'allow-scripts');
    element.setAttribute('allow', FRAME_PERMISSIONS);
    element.setAttribute('referrerpolicy', 'no-referrer');
    element.setAttribute('credentialless', '');
    element.addEventListener('load', () => this.#handleLoad());
    // Which may be another one than that of the script.
    windowOf(container).addEventListener('message', (event) => this.#handleOffer(event), {
      signal: this.#listening.signal,
    });
    if (request.frameUrl === undefined) setFrameDocument(element, outerDocument(framePolicy(request.origins)));
    else element.src = request.frameUrl;
    container.append(element);
    this.#guard = new FocusGuard(element);
  }

  destroy(): void {
    clearTimeout(this.#answerTimer);
    this.#listening.abort();
    this.#heartbeat?.stop();
    this.#guard?.destroy();
    this.#port?.close();
    this.element.remove();
  }

  #handleLoad(): void {
    if (this.#hasLoaded) return this.#listener.lost();
    this.#hasLoaded = true;
    if (!this.#port) this.#answerTimer = setTimeout(() => this.#listener.blocked(), ANSWER_WITHIN);
  }

  /** A port is taken once. Its origin is opaque and says nothing; the window is our own frame's. */
  #handleOffer(event: MessageEvent): void {
    if (event.source !== this.element.contentWindow || event.data !== 'ai-artifact-port') return;
    const [port] = event.ports;
    if (this.#port || !port) return;
    this.#port = port;
    port.addEventListener('message', ({ data }) => this.#handleMessage(data));
    port.start();
    this.#render();
  }

  #handleMessage(data: unknown): void {
    const message = readFrameMessage(data);
    if (message?.type === 'pong') this.#handlePong(message.dropped);
    else if (!message || !this.#rate.allows()) this.#listener.dropped(1);
    else this.#listener.message(message);
  }

  #handlePong(dropped: number): void {
    this.#heartbeat?.answered();
    if (dropped > 0) this.#listener.dropped(dropped);
  }

  #render(): void {
    clearTimeout(this.#answerTimer);
    const { html, title, scripts, origins, scroll } = this.#request;
    const content = innerDocument(html, { policy: framePolicy(origins), scripts, scroll });
    this.#port?.postMessage({ type: 'render', html: content, title, permissions: FRAME_PERMISSIONS });
    this.#heartbeat = new Heartbeat({
      isHidden: () => this.element.ownerDocument.hidden,
      beat: () => this.#port?.postMessage({ type: 'ping' }),
      hung: () => this.#listener.hung(),
      recovered: () => this.#listener.recovered(),
      settled: () => this.#listener.settled(),
    });
  }
}
