const chat = document.querySelector('#chat');

chat.suggestions = [
  'Show me a table',
  'Think about odd numbers',
  'Write a page',
  'Draw an image',
  'Call the weather tool',
];

chat.addEventListener('ai-finish', ({ finishReason, stopped }) => {
  console.log(stopped ? 'stopped by the reader' : `finished: ${finishReason}`);
});
