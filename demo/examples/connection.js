const chat = document.querySelector('#lost');
const attempts = document.querySelector('#attempts');

chat.addEventListener('ai-reconnect', ({ attempt, delay, error }) => {
  tell({ attempt, 'in milliseconds': Math.round(delay), because: error.message });
});
chat.addEventListener('ai-error', ({ code, error }) => {
  tell({ code, message: error.message, 'to wait': error.retryAfter ?? '–' });
});

document.querySelector('#losses').addEventListener('click', ({ target }) => {
  if (!target.value) return;
  chat.stop();
  chat.send(target.value);
});

// A page cannot take the network away, but it can do as if.
const offline = document.querySelector('#offline');
let network = new AbortController();
Object.defineProperty(navigator, 'onLine', { get: () => !network.signal.aborted });
chat.fetch = (url, init) => fetch(url, { ...init, signal: AbortSignal.any([init.signal, network.signal]) });
offline.addEventListener('click', () => {
  const leaves = !network.signal.aborted;
  if (leaves) network.abort(new TypeError('The network is gone'));
  else network = new AbortController();
  offline.setAttribute('aria-pressed', leaves);
  window.dispatchEvent(new Event(leaves ? 'offline' : 'online'));
});

function tell(values) {
  const rows = Object.entries(values);
  attempts.replaceChildren(...rows.flatMap(([name, value]) => [element('dt', name), element('dd', value)]));
}

function element(tag, textContent) {
  return Object.assign(document.createElement(tag), { textContent });
}
