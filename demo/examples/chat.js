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

// A card of the page's own, in the place of that call's row.
chat.addEventListener('ai-message', ({ message }) => {
  for (const { type, toolCallId, input, output } of message.parts) {
    if (type !== 'tool-get_weather' || !output || chat.querySelector(`[slot="tool-${toolCallId}"]`)) continue;
    const card = document.createElement('p');
    card.slot = `tool-${toolCallId}`;
    card.className = 'weather';
    card.textContent = `${input.city}: ${output.sky}, ${output.forecast.join('°, ')}°`;
    chat.append(card);
  }
});

// The host runs the tool; the answer goes on with its result.
chat.tools = { get_weather: async () => ({ forecast: [4, 6, 3], sky: 'clear' }) };
