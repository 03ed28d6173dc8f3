/** What the reader is told where what shows pictures could not be loaded, and so before its other words are there. */
export const loadingStrings = {
  notLoaded: 'This image cannot be shown, because a part of this page could not be loaded.',
  retry: 'Try again',
};
