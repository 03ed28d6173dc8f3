const chat = document.querySelector('#fragile');
const diagnosis = document.querySelector('#diagnosis');

chat.addEventListener('ai-error', ({ code, error, diagnosis: remedy }) => {
  const rows = Object.entries({ code, message: error.message, diagnosis: remedy ?? '–' });
  diagnosis.replaceChildren(...rows.flatMap(([name, value]) => [element('dt', name), element('dd', value)]));
});

document.querySelector('#faults').addEventListener('click', ({ target }) => {
  if (!target.value) return;
  chat.stop(); // “Silence” would go on for a minute
  chat.send(target.value);
});

function element(tag, textContent) {
  return Object.assign(document.createElement(tag), { textContent });
}
