const chat = document.querySelector('#fragile');

chat.addEventListener('ai-error', ({ code, error, diagnosis }) => {
  const rows = { code, message: error.message, diagnosis };
  document
    .querySelector('#diagnosis')
    .replaceChildren(
      ...Object.entries(rows).flatMap(([name, value]) => [
        Object.assign(document.createElement('dt'), { textContent: name }),
        Object.assign(document.createElement('dd'), { textContent: value ?? '–' }),
      ]),
    );
});

document.querySelector('#faults').addEventListener('click', ({ target }) => {
  if (target.value) chat.send(target.value).catch(() => {}); // what failed is told by ai-error
});
