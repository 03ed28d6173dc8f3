import { createElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { Streamdown } from 'streamdown';

/** Vercel's renderer for React, as its documentation uses it: the whole text, at each delta. */
export function drawStreamdown(box) {
  const root = createRoot(box);
  return (text) => flushSync(() => root.render(createElement(Streamdown, null, text)));
}
