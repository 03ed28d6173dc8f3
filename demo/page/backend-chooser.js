// @ts-check

/**
 * Points the chat at the backend that the form names, now and on each change. `?dialect=`, `?pace=` and `?lifetime=` in
 * the page's address choose beforehand.
 * @param {HTMLFormElement} form
 * @param {HTMLElement & {endpoint?: string, method?: string, model?: string | undefined}} chat
 */
export async function connectBackend(form, chat) {
  const query = new URLSearchParams(location.search);
  await offerProviders(form);
  for (const name of ['dialect', 'pace']) choose(form, name, query.get(name));
  const apply = () => point(form, chat, query.get('lifetime') ?? '60');
  form.addEventListener('change', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  apply();
}

/** A real model, where the server has one. @param {HTMLFormElement} form */
async function offerProviders(form) {
  const response = await fetch('/api/config');
  const { providers } = await response.json();
  for (const { name, model, endpoint } of providers) {
    const label = document.createElement('label');
    const input = Object.assign(document.createElement('input'), { type: 'radio', name: 'dialect', value: endpoint });
    input.dataset.model = model ?? '';
    const word = document.createElement('span');
    word.textContent = `${name === 'openai' ? 'Your model' : 'Claude'}${model ? `: ${model}` : ''}`;
    label.append(input, word);
    form.querySelector('#dialects')?.append(label);
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {string | null} value
 */
function choose(form, name, value) {
  const field = form.elements.namedItem(name);
  if (value !== null && field && 'value' in field) field.value = value;
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement & {endpoint?: string, method?: string, model?: string | undefined}} chat
 * @param {string} lifetime
 */
function point(form, chat, lifetime) {
  const data = new FormData(form);
  const dialect = String(data.get('dialect'));
  const isReal = dialect.startsWith('/api/');
  const field = form.querySelector('#model');
  if (field instanceof HTMLElement) field.hidden = !isReal;
  chat.endpoint = isReal ? dialect : `/api/chat/${dialect}?pace=${data.get('pace')}&lifetime=${lifetime}`;
  chat.method = dialect === 'sse' ? 'get' : 'post';
  chat.model = isReal ? String(data.get('model') || modelOf(form)) : undefined;
}

/** @param {HTMLFormElement} form */
function modelOf(form) {
  const chosen = form.querySelector('input[name=dialect]:checked');
  return (chosen instanceof HTMLInputElement && chosen.dataset.model) || '';
}
