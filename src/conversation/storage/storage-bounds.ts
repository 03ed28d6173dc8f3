/** Conversations that an origin keeps. The oldest go. */
export const MAX_CHATS = 100;

/** Characters that all of them may have together. The oldest go. */
export const MAX_STORED_SIZE = 64 * 1024 * 1024;

/** Characters of one conversation. What is beyond is not kept, and the reader is told. */
export const MAX_CHAT_SIZE = 32 * 1024 * 1024;

/** Branches that are kept of one conversation, those of branches not counted. Those go first that were shown longest ago. */
export const MAX_KEPT_BRANCHES = 200;

/** Characters of them. They take no room from the conversation itself. */
export const MAX_BRANCHES_SIZE = 8 * 1024 * 1024;

/** Characters of a draft. */
export const MAX_DRAFT_SIZE = 1024 * 1024;

/** Milliseconds that opening the database may take: another page can hold it. */
export const OPEN_TIMEOUT = 5000;
