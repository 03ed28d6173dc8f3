import type { ChatDatabase, StoredChat } from './chat-database.js';
import { DatabaseLink } from './database-link.js';
import type { KeptConversation } from './kept-conversations.js';
import { StorageError, warningOf } from './storage-warning.js';
import { TabNews } from './tab-news.js';

/** Of the conversations whose names begin like this, what a list says of them. */
export function listKept(beginning: string): Promise<KeptConversation[]> {
  return withDatabase(async (database) => {
    const rows = await database.list(beginning);
    return rows.map((row) => describe(row, beginning));
  });
}

/** Forgets one of them, or all. */
export function removeKept(beginning: string, chatId: string | undefined): Promise<void> {
  return withDatabase(async (database) => {
    const chats = chatId === undefined ? await database.list(beginning) : [{ chat: beginning + chatId }];
    const names = chats.map(({ chat }) => chat);
    await database.remove(names);
    for (const name of names) tellForgotten(name);
  });
}

function tellForgotten(chat: string): void {
  const news = new TabNews(chat);
  news.tellForgotten();
  news.close();
}

/** A row may have been written by anybody on this origin. */
function describe({ chat, title, updated, unfinished }: StoredChat, beginning: string): KeptConversation {
  return {
    chatId: chat.slice(beginning.length),
    title: typeof title === 'string' ? title : '',
    updatedAt: new Date(updated),
    unfinished: unfinished === true,
  };
}

/** For as long as it takes: a connection that stays open would hold up a newer version. */
async function withDatabase<Result>(act: (database: ChatDatabase) => Promise<Result>): Promise<Result> {
  const link = new DatabaseLink(async () => {});
  try {
    return await act(await link.open());
  } catch (cause) {
    throw new StorageError(warningOf(cause).code, { cause });
  } finally {
    await link.close();
  }
}
