import { KeptConversations } from '../dist/cdn/ai-stream-elements.js';

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

// The list: what is kept for this chat's endpoint, also from other pages.
const kept = new KeptConversations({ endpoint: chat.endpoint });
const list = document.querySelector('#conversations');

chat.chatId = sessionStorage.getItem('conversation') ?? '';
kept.addEventListener('change', () => void showConversations());
document.querySelector('#new-conversation').addEventListener('click', () => open(crypto.randomUUID()));
document.querySelector('#forget').addEventListener('click', () => kept.remove(chat.chatId).catch(() => {}));
document.querySelector('#forget-all').addEventListener('click', () => kept.removeAll().catch(() => {}));
void showConversations();

function open(id) {
  chat.chatId = id;
  sessionStorage.setItem('conversation', id);
  void showConversations();
  chat.focus();
}

async function showConversations() {
  const conversations = await kept.list().catch(() => []); // no storage in this window, say
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.id : undefined;
  list.replaceChildren(
    ...conversations.map(({ chatId, title }) => {
      const item = document.createElement('li');
      const button = Object.assign(document.createElement('button'), {
        type: 'button',
        textContent: title || 'A file',
      });
      button.dataset.id = chatId;
      if (chatId === chat.chatId) button.ariaCurrent = 'true';
      button.addEventListener('click', () => open(chatId));
      item.append(button);
      return item;
    }),
  );
  for (const button of list.querySelectorAll('button'))
    if (button.dataset.id === focused) button.focus({ preventScroll: true });
}
