/** What the reader is told where what shows the rows could not be loaded, and so before its other words are there. */
export const loadingStrings = {
  notLoaded: 'The stream cannot be shown, because a part of this page could not be loaded. What comes is kept.',
  retry: 'Try again',
};
