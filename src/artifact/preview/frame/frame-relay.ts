/**
 * The script of the outer frame, ours and constant. It offers a port to the window that it stands in, once, as only that
 * is known of whoever made it: a chat in a window of its own is drawn by the script of another one. It makes the frame
 * with the model's document; and hands on what that frame says, known shapes only, in bounded number and size.
 *
 * It is text because it runs in a document of its own: nothing of this bundle is there.
 */
export const RELAY = `(() => {
  'use strict';
  const TYPES = { loaded: [], console: ['level', 'args'], error: ['message', 'line', 'column', 'stack'], policy: ['directive', 'address'], link: ['url'], scroll: ['x', 'y'], size: ['width', 'height'], escape: [], alive: [] };
  const BURST = 100, PER_SECOND = 40, LONGEST = 8192, MOST = 24;
  const { port1: port, port2 } = new MessageChannel();
  let inner, budget = BURST, last = 0, dropped = 0;
  const size = (value) => typeof value === 'string' ? value.length : typeof value === 'number' ? 8 : Array.isArray(value) && value.length <= MOST ? value.reduce((sum, one) => sum + (typeof one === 'string' ? one.length : LONGEST), 0) : LONGEST + 1;
  const clean = (data) => {
    if (typeof data !== 'object' || data === null || !Object.hasOwn(TYPES, data.type)) return;
    const message = { type: data.type };
    let whole = 0;
    for (const field of TYPES[data.type]) {
      if (!Object.hasOwn(data, field) || data[field] === undefined) continue;
      whole += size(data[field]);
      message[field] = data[field];
    }
    if (whole <= LONGEST) return message;
  };
  const isWithinRate = () => {
    const now = performance.now();
    budget = Math.min(BURST, budget + (now - last) * PER_SECOND / 1000);
    last = now;
    if (budget < 1) { dropped += 1; return false; }
    budget -= 1;
    return true;
  };
  const fromInner = (data) => {
    if (!isWithinRate()) return;
    const message = clean(data);
    if (message) port.postMessage(message); else dropped += 1;
  };
  const render = ({ html, title, permissions }) => {
    if (inner) return;
    inner = document.createElement('iframe');
    inner.setAttribute('sandbox', 'allow-scripts');
    inner.setAttribute('allow', permissions);
    inner.setAttribute('referrerpolicy', 'no-referrer');
    inner.title = title;
    const policy = self.trustedTypes && trustedTypes.createPolicy('ai-artifact', { createHTML: (text) => text });
    inner.srcdoc = policy ? policy.createHTML(html) : html;
    document.body.append(inner);
  };
  const fromPage = (data) => {
    if (data.type === 'render') render(data);
    if (data.type !== 'ping') return;
    port.postMessage({ type: 'pong', dropped });
    dropped = 0;
    if (inner) inner.contentWindow.postMessage('ai-artifact-ping', '*');
  };
  port.onmessage = ({ data }) => fromPage(data);
  addEventListener('message', (event) => { if (inner && event.source === inner.contentWindow) fromInner(event.data); });
  parent.postMessage('ai-artifact-port', '*', [port2]);
})();`;
