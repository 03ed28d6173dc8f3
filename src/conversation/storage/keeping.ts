/** What keeps conversations, lists and forgets them: one file, loaded with the first that is kept or asked for. */
export { SessionKeeper } from './session-keeper.js';
export { listKept, removeKept } from './kept-rows.js';
