const chat = document.querySelector('#styled');
const form = document.querySelector('#style');

// As a style sheet would: #styled { --ai-accent: light-dark(#7a2048, #ff9cc4); }
function apply() {
  for (const [property, value] of new FormData(form)) chat.style.setProperty(property, value);
}

form.addEventListener('change', apply);
apply();

// A language is a file of its own; what is around the chat, or the chat itself, says which one it speaks.
document.querySelector('#language').addEventListener('change', async ({ target: { value } }) => {
  chat.lang = value;
  chat.dir = ['ar', 'he'].includes(value) ? 'rtl' : 'ltr';
  if (value !== 'en') await import(`/dist/cdn/locales/${value}.js`);
});

chat.messages = [
  { id: '1', role: 'user', parts: [{ type: 'text', text: 'Where is the accent?' }] },
  {
    id: '2',
    role: 'assistant',
    parts: [{ type: 'text', text: 'In [links](https://example.com), in the focus, in what you may press next.' }],
  },
];
