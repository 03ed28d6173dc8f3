import { FRAME_BASE } from './frame-policy.js';

export interface PreludeOptions {
  /** Where the preview before this one was scrolled to. */
  scroll: { x: number; y: number };
}

/**
 * What runs in the model's document before it: it reports, and it makes what a sandbox breaks work where that is
 * harmless (storage in memory, forms that a script handles, links within the page). It shares its realm with the model's
 * code, which can undo all of it: comfort and a first hurdle, never the boundary. The boundary is the frame's policy.
 */
const PRELUDE = `((scroll) => {
  'use strict';
  const post = parent.postMessage.bind(parent);
  const tell = (message) => { try { post(message, '*'); } catch {} };
  const cut = (text, length) => text.length > length ? text.slice(0, length) + '…' : text;
  const describe = (value) => {
    try {
      if (typeof value === 'string') return value;
      if (value instanceof Error) return String(value.stack || value);
      if (value instanceof Element) return value.outerHTML;
      if (typeof value === 'object' && value !== null) return JSON.stringify(value) ?? String(value);
      return String(value);
    } catch { return Object.prototype.toString.call(value); }
  };
  for (const level of ['debug', 'log', 'info', 'warn', 'error']) {
    const own = console[level].bind(console);
    console[level] = (...args) => { own(...args); tell({ type: 'console', level, args: args.slice(0, 10).map((arg) => cut(describe(arg), 700)) }); };
  }
  const fail = (message, stack, line, column) => tell({ type: 'error', message: cut(String(message), 1000), stack: stack ? cut(String(stack), 3000) : undefined, line: line || undefined, column: column || undefined });
  addEventListener('error', (event) => { if (event instanceof ErrorEvent) fail(event.message, event.error && event.error.stack, event.lineno, event.colno); });
  addEventListener('unhandledrejection', ({ reason }) => fail(reason && reason.message || describe(reason), reason && reason.stack));
  // Both our policies stop the same request, and a page may try it often: each is told once.
  const stopped = new Set();
  addEventListener('securitypolicyviolation', (event) => { const key = event.effectiveDirective + ' ' + event.blockedURI; if (event.disposition === 'enforce' && !stopped.has(key) && stopped.size < 50 && stopped.add(key)) tell({ type: 'policy', directive: event.effectiveDirective, address: cut(event.blockedURI, 300) }); });
  addEventListener('message', (event) => { if (event.source === parent && event.data === 'ai-artifact-ping') { event.stopImmediatePropagation(); tell({ type: 'alive' }); } }, true);

  const define = (target, name, descriptor) => { try { Object.defineProperty(target, name, { configurable: true, ...descriptor }); } catch {} };
  const storage = () => {
    const items = new Map();
    const own = { getItem: (key) => items.get(String(key)) ?? null, setItem: (key, value) => { items.set(String(key), String(value)); }, removeItem: (key) => { items.delete(String(key)); }, clear: () => { items.clear(); }, key: (index) => [...items.keys()][index] ?? null };
    return new Proxy(own, {
      get: (_, key) => key === 'length' ? items.size : Object.hasOwn(own, key) ? own[key] : items.get(String(key)),
      set: (_, key, value) => { items.set(String(key), String(value)); return true; },
      deleteProperty: (_, key) => { items.delete(String(key)); return true; },
      has: (_, key) => items.has(String(key)),
      ownKeys: () => [...items.keys()],
      getOwnPropertyDescriptor: (_, key) => items.has(String(key)) ? { value: items.get(String(key)), writable: true, enumerable: true, configurable: true } : undefined,
    });
  };
  define(window, 'localStorage', { value: storage() });
  define(window, 'sessionStorage', { value: storage() });
  define(Document.prototype, 'cookie', { get: () => '', set: () => {} });
  for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'mozRTCPeerConnection', 'RTCDataChannel']) { try { delete window[name]; } catch {} define(window, name, { value: undefined }); }
  // In Firefox and Safari a frame's way back is its page's: a button “Back” in a preview would take the reader out of the chat.
  // So what the document has been at is kept here, and it goes back to that. A path is none that it could be at.
  const replaceState = History.prototype.replaceState;
  const visited = [{ hash: '' }];
  let place = 0;
  const write = (state, hash) => { try { replaceState.call(history, state, '', hash === location.hash ? '' : 'about:srcdoc' + (hash || '#')); } catch {} };
  const visit = () => { visited.splice(place += 1, Infinity, { hash: location.hash }); };
  const travel = (by) => { setTimeout(() => {
    const { hash, state } = visited[place + by] ?? {};
    if (hash === undefined || !by) return;
    const isMoved = hash !== location.hash;
    visited[place].state = history.state;
    place += by;
    write(state, hash);
    dispatchEvent(new PopStateEvent('popstate', { state: history.state }));
    if (isMoved) dispatchEvent(new HashChangeEvent('hashchange'));
  }); };
  addEventListener('hashchange', () => { if (location.hash !== visited[place].hash) visit(); });
  const change = (state, url) => { write(state, /#.*/.exec(url ?? '')?.[0] ?? location.hash); visited[place].hash = location.hash; };
  History.prototype.replaceState = function (state, _, url) { change(state, url); };
  History.prototype.pushState = function (state, _, url) { visited[place].state = history.state; visit(); change(state, url); };
  const ways = { back: () => travel(-1), forward: () => travel(1), go: (by) => travel(Math.trunc(by) || 0) };
  for (const name of Object.keys(ways)) define(History.prototype, name, { value: ways[name], configurable: false });
  const never = () => { const promise = new Promise(() => {}); return { committed: promise, finished: promise }; };
  if (self.Navigation) for (const name of ['back', 'forward', 'traverseTo']) define(Navigation.prototype, name, { value: never, configurable: false });
  const execCommand = Document.prototype.execCommand;
  Document.prototype.execCommand = function (name, ...rest) { return /^(copy|cut)$/i.test(name) ? false : execCommand.call(this, name, ...rest); };
  // Firefox and Safari let a click write to the clipboard, whatever the frame's permissions say.
  const refuse = () => Promise.reject(new DOMException('The clipboard is not available in a preview.', 'NotAllowedError'));
  if (self.Clipboard) for (const name of ['write', 'writeText', 'read', 'readText']) define(Clipboard.prototype, name, { value: refuse });
  try { if (self.trustedTypes) trustedTypes.createPolicy('default', { createHTML: (text) => text, createScript: (text) => text, createScriptURL: (text) => text }); } catch {}

  const UNWANTED = 'iframe,frame,object,embed,fencedframe,link[rel~="preconnect" i],link[rel~="dns-prefetch" i],link[rel~="prefetch" i],link[rel~="preload" i]';
  const sweep = (node) => { if (node.nodeType !== 1) return; if (node.matches(UNWANTED)) node.remove(); else for (const each of node.querySelectorAll(UNWANTED)) each.remove(); };
  new MutationObserver((records) => { for (const { addedNodes } of records) addedNodes.forEach(sweep); }).observe(document, { childList: true, subtree: true });

  addEventListener('click', (event) => {
    const link = event.composedPath().find((node) => node instanceof Element && node.matches('a[href], area[href]'));
    if (!link) return;
    const href = (link.getAttribute('href') || '').trim();
    if (/^javascript:/i.test(href)) return;
    event.preventDefault();
    // A link within the page goes there and tells a router, and adds nothing to the history. Firefox does not scroll then.
    if (href.startsWith('#')) {
      location.replace('about:srcdoc' + href);
      let id = href.slice(1);
      try { id = decodeURIComponent(id); } catch {}
      const target = id === '' ? document.documentElement : document.getElementById(id);
      if (target) target.scrollIntoView();
      return;
    }
    if (event.isTrusted && /^(https?|mailto):/i.test(link.href) && !link.href.startsWith('${FRAME_BASE}')) tell({ type: 'link', url: cut(link.href, 4000) });
  });
  // A sandbox without forms fires no submit event, which would break every page that handles its form in a script.
  const submit = (form, submitter) => { if (form.noValidate || form.reportValidity()) form.dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true, submitter })); };
  addEventListener('click', (event) => {
    const button = event.composedPath().find((node) => node instanceof Element && node.matches('button, input[type="submit" i], input[type="image" i]'));
    if (!button || event.defaultPrevented || !button.form || button.disabled || (button.localName === 'button' && button.type !== 'submit')) return;
    event.preventDefault();
    submit(button.form, button);
  });
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && event.isTrusted && !event.defaultPrevented) tell({ type: 'escape' });
    const { target } = event;
    if (event.key !== 'Enter' || event.defaultPrevented || event.isComposing || !(target instanceof HTMLInputElement) || !target.form || target.form.querySelector('button:not([type]), [type="submit" i]')) return;
    event.preventDefault();
    submit(target.form, null);
  });

  let waiting = false;
  addEventListener('scroll', () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => { waiting = false; tell({ type: 'scroll', x: Math.round(scrollX), y: Math.round(scrollY) }); }, 150);
  }, { passive: true });
  const restore = () => { if ((scroll.x || scroll.y) && scrollX === 0 && scrollY === 0) window.scrollTo({ left: scroll.x, top: scroll.y, behavior: 'instant' }); };
  addEventListener('DOMContentLoaded', () => { restore(); tell({ type: 'loaded' }); }, { once: true });
  addEventListener('load', restore, { once: true });
})`;

// One line, so that a line number in an error is the artifact's own.
const ONE_LINE = PRELUDE.replace(/\n\s*(\/\/[^\n]*\n\s*)*/g, '\n').replaceAll('\n', ' ');

export function prelude({ scroll }: PreludeOptions): string {
  return `${ONE_LINE}(${JSON.stringify({ x: Number(scroll.x) || 0, y: Number(scroll.y) || 0 })});`;
}
