import { ChatDatabase } from './chat-database.js';
import { OPEN_TIMEOUT } from './storage-bounds.js';
import { StorageError } from './storage-warning.js';

/** Nothing where there is none, as in Node, or where a policy keeps it away. */
export function hasStorage(): boolean {
  try {
    return Boolean(globalThis.indexedDB);
  } catch {
    return false;
  }
}

/** The connection to the database: opened on first use, and anew once it was given up for another page. */
export class DatabaseLink {
  readonly #onOpen: (database: ChatDatabase) => Promise<void>;
  #opening: Promise<ChatDatabase> | undefined;

  /** @param onOpen what each new connection begins with; one that fails here is no connection. */
  constructor(onOpen: (database: ChatDatabase) => Promise<void>) {
    this.#onOpen = onOpen;
  }

  open(): Promise<ChatDatabase> {
    if (this.#opening) return this.#opening;
    const opening = this.#connect();
    this.#opening = opening;
    opening.catch(() => this.#forget(opening));
    return opening;
  }

  async close(): Promise<void> {
    const opening = this.#opening;
    this.#opening = undefined;
    await opening?.then((database) => database.close()).catch(() => {});
  }

  #forget(opening: Promise<ChatDatabase>): void {
    if (this.#opening === opening) this.#opening = undefined;
  }

  async #connect(): Promise<ChatDatabase> {
    if (!hasStorage()) throw new StorageError('storage-unavailable');
    const database = await inTime(ChatDatabase.open(() => (this.#opening = undefined)));
    try {
      await this.#onOpen(database);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  }
}

/** Another page can hold the database for as long as it likes. What comes too late is closed again. */
function inTime(opening: Promise<ChatDatabase>): Promise<ChatDatabase> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      reject(new StorageError('storage-unavailable'));
    }, OPEN_TIMEOUT);
    const settle = () => clearTimeout(timer);
    opening.then((database) => (isLate ? database.close() : resolve(database)), reject).finally(settle);
  });
}
