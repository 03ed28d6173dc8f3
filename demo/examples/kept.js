const chat = document.querySelector('#kept-chat');

chat.suggestions = ['Show me all of markdown', 'Think, then write some code'];

document.querySelector('#reload-page').addEventListener('click', () => {
  location.hash = 'kept';
  location.reload();
});
document.querySelector('#forget').addEventListener('click', () => chat.clear());
