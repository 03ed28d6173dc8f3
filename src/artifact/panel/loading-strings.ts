/** What the reader is told where the panel itself could not be loaded, and so before its other words are there. */
export const loadingStrings = {
  notLoaded: 'This part of the page could not be loaded. What was written for you is kept in the conversation.',
  retry: 'Try again',
  close: 'Close',
};
