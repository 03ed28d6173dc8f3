const chat = document.querySelector('#kept-chat');

chat.suggestions = ['Show me all of markdown', 'Think, then write some code'];

document.querySelector('#reload-page').addEventListener('click', () => {
  location.hash = 'kept';
  location.reload();
});
document.querySelector('#reword').addEventListener('click', () => {
  const question = chat.messages.findLast(({ role }) => role === 'user');
  // Refused while an answer streams.
  if (question) chat.edit(question.id, 'Think, then write some code').catch(() => {});
});
document.querySelector('#forget').addEventListener('click', () => chat.clear());
