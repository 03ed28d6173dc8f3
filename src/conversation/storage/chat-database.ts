import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
import { MAX_CHATS, MAX_STORED_SIZE } from './storage-bounds.js';

/** A conversation as such. Its messages and its draft have rows of their own, so that writing one rewrites no other. */
export interface StoredChat {
  chat: string;
  /** The session's id, for a conversation that is kept under another name. */
  id: string;
  /** Its last answer was being written when this was, or had failed. */
  unfinished: boolean;
  /** How many of its parts stood when it went on after its tools. */
  settled?: number;
  /** How a list calls it: the beginning of its first question, or of what is being written. */
  title?: string;
  /** Characters of its messages. */
  size: number;
  /** Epoch milliseconds. */
  updated: number;
}

export interface StoredMessage {
  chat: string;
  id: string;
  /** Its place in the thread. */
  order: number;
  /** Another one for each write. */
  stamp: string;
  /** The message as JSON. */
  text: string;
}

/** What is not shown of a conversation from one of its places on. */
export interface StoredBranch {
  chat: string;
  id: string;
  /** Its age: the oldest has the lowest. */
  order: number;
  /** The branch as JSON, with those of its own. */
  text: string;
}

export interface StoredConversation {
  chat: StoredChat | undefined;
  messages: StoredMessage[];
  /** Undefined where they were not asked for. */
  branches: StoredBranch[] | undefined;
  draft: string | undefined;
}

/** What one transaction does: all of it or nothing. */
export interface ConversationChange {
  /** Null takes the conversation's row away. */
  chat: StoredChat | null;
  put: StoredMessage[];
  remove: string[];
  branches: { put: StoredBranch[]; remove: string[] };
  /** Undefined leaves it as it is. */
  draft: string | undefined;
}

interface Schema extends DBSchema {
  chats: { key: string; value: StoredChat; indexes: { updated: number } };
  messages: { key: [string, string]; value: StoredMessage };
  branches: { key: [string, string]; value: StoredBranch };
  drafts: { key: string; value: { chat: string; text: string } };
}

const NAME = 'ai-stream-elements';
/** Another layout of the rows is another version. */
const VERSION = 2;
const STORES = ['chats', 'messages', 'branches', 'drafts'] as const;
/** Stands among the ids of messages for all branches of the conversation. No message has it. */
export const BRANCHES = '';

/** The kept conversations of an origin, in IndexedDB. */
export class ChatDatabase {
  readonly #database: IDBPDatabase<Schema>;

  private constructor(database: IDBPDatabase<Schema>) {
    this.#database = database;
  }

  /** @param onClosed the connection was given up, for another version of the library or by the browser. */
  static async open(onClosed: () => void): Promise<ChatDatabase> {
    let database: IDBPDatabase<Schema> | undefined;
    const giveWay = () => {
      // Whoever waits for a newer layout, or deletes the site's data, must not wait for this page.
      database?.close();
      onClosed();
    };
    database = await openDB<Schema>(NAME, VERSION, { upgrade, blocking: giveWay, terminated: onClosed });
    return new ChatDatabase(database);
  }

  async read(chat: string): Promise<StoredConversation> {
    const transaction = this.#database.transaction(STORES);
    const [head, messages, branches, draft] = await Promise.all([
      transaction.objectStore('chats').get(chat),
      transaction.objectStore('messages').getAll(rowsOf(chat)),
      transaction.objectStore('branches').getAll(rowsOf(chat)),
      transaction.objectStore('drafts').get(chat),
    ]);
    return { chat: head, messages, branches, draft: draft?.text };
  }

  /** The conversation's row, and of its messages these. */
  async readMessages(chat: string, ids: readonly string[]): Promise<Omit<StoredConversation, 'draft'>> {
    const transaction = this.#database.transaction(STORES);
    const store = transaction.objectStore('messages');
    const [head, branches, ...rows] = await Promise.all([
      transaction.objectStore('chats').get(chat),
      ids.includes(BRANCHES) ? transaction.objectStore('branches').getAll(rowsOf(chat)) : undefined,
      ...ids.map((id) => store.get([chat, id])),
    ]);
    return { chat: head, branches, messages: rows.filter((row) => row !== undefined) };
  }

  async write(chat: string, { chat: head, put, remove, branches: turns, draft }: ConversationChange): Promise<void> {
    const transaction = this.#database.transaction(STORES, 'readwrite');
    const [chats, messages, branches, drafts] = STORES.map((name) => transaction.objectStore(name)) as Stores;
    const requests: Promise<unknown>[] = [
      head ? chats.put(head) : chats.delete(chat),
      ...put.map((message) => messages.put(message)),
      ...remove.map((id) => messages.delete([chat, id])),
      ...turns.put.map((branch) => branches.put(branch)),
      ...turns.remove.map((id) => branches.delete([chat, id])),
    ];
    if (draft !== undefined) requests.push(draft === '' ? drafts.delete(chat) : drafts.put({ chat, text: draft }));
    // A page that is being left runs nothing that would end the transaction for it.
    transaction.commit();
    // What a request fails of is the transaction's own error; the others only say that it was given up.
    for (const request of requests) request.catch(() => {});
    await transaction.done;
  }

  /** Lets the oldest conversations go, until what is kept is within the bounds. The one named stays. */
  async trim(kept: string): Promise<void> {
    const transaction = this.#database.transaction(STORES, 'readwrite');
    let count = 0;
    let size = 0;
    const chats = transaction.objectStore('chats');
    for await (const cursor of chats.index('updated').iterate(null, 'prev')) {
      count += 1;
      size += Number(cursor.value.size) || 0;
      const { chat } = cursor.value;
      if (chat !== kept && (count > MAX_CHATS || size > MAX_STORED_SIZE)) await removeChat(transaction, chat);
    }
    await transaction.done;
  }

  /** The rows of the conversations whose names begin like this, the latest first. */
  async list(beginning: string): Promise<StoredChat[]> {
    const chats = await this.#database.getAllFromIndex('chats', 'updated');
    return chats.filter(({ chat }) => chat.startsWith(beginning)).toReversed();
  }

  /** Takes conversations away. */
  async remove(chats: readonly string[]): Promise<void> {
    const transaction = this.#database.transaction(STORES, 'readwrite');
    await Promise.all(chats.map((chat) => removeChat(transaction, chat)));
    await transaction.done;
  }

  close(): void {
    this.#database.close();
  }
}

type Transaction = IDBPTransaction<Schema, typeof STORES, 'readwrite'>;
type Store<Name extends (typeof STORES)[number]> = ReturnType<typeof storeOf<Name>>;
type Stores = [Store<'chats'>, Store<'messages'>, Store<'branches'>, Store<'drafts'>];

function storeOf<Name extends (typeof STORES)[number]>(transaction: Transaction, name: Name) {
  return transaction.objectStore(name);
}

/** What is kept stays. The first layout had no branches. */
function upgrade(database: IDBPDatabase<Schema>, before: number): void {
  if (before < 1) {
    database.createObjectStore('chats', { keyPath: 'chat' }).createIndex('updated', 'updated');
    database.createObjectStore('messages', { keyPath: ['chat', 'id'] });
    database.createObjectStore('drafts', { keyPath: 'chat' });
  }
  database.createObjectStore('branches', { keyPath: ['chat', 'id'] });
}

async function removeChat(transaction: Transaction, chat: string): Promise<void> {
  await Promise.all([
    transaction.objectStore('chats').delete(chat),
    transaction.objectStore('messages').delete(rowsOf(chat)),
    transaction.objectStore('branches').delete(rowsOf(chat)),
    transaction.objectStore('drafts').delete(chat),
  ]);
}

/** A list is greater than every string. */
function rowsOf(chat: string): IDBKeyRange {
  return IDBKeyRange.bound([chat], [chat, []]);
}
