const chat = document.querySelector('#chat');

chat.suggestions = [
  'Show me a table',
  'Think about odd numbers',
  'Write a page',
  'Draw an image',
  'Call the weather tool',
];

// An image's address has expired: ask the server for a fresh one.
chat.addEventListener('ai-image-refresh', (event) => {
  const body = JSON.stringify({ url: event.url });
  event.respondWith(fetch('/api/images/refresh', { method: 'POST', body }).then((response) => response.json()));
});

// The host runs the tool; the answer goes on with its result.
chat.tools = { get_weather: async ({ city }) => ({ city, forecast: [4, 6, 3], sky: 'clear' }) };
