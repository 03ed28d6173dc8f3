import type { Token, Tokens } from 'marked';
import { childrenOf } from './tokens.js';

/** The address of a link that the model has not finished writing. No policy lets it become live. */
export const PENDING_ADDRESS = 'ai-pending:';

/** The beginning of a word that may turn out to be that of a bare address. */
const OPEN_SCHEME = /(?<![a-z\d/.@-])(?:h(?:t(?:t(?:ps?(?::\/{0,2})?)?)?)?|f(?:t(?:p(?::\/{0,2})?)?)?|w{1,3}|www\.)$/i;

/** It waits for a moment, and then is a link at once. */
export function withoutOpenScheme(text: string): string {
  return text.replace(OPEN_SCHEME, '');
}

/** Signs that end no bare address, but are a part of it where it goes on; and a parenthesis that does not close. */
const MAY_GO_ON = /^[?!.,:;*_'"~)&]*(?:\([^\s()]{0,40})?$/;

/**
 * A bare address that reaches the end of the text may go on: its link leads nowhere until a space follows it. Nor does
 * any link behind `from`, where a tag or the address or title of a link is open, or one at the start of emphasis that is.
 */
export function holdOpenAddresses(tokens: Token[], from: number): void {
  holdFrom(tokens, from);
  holdLast(tokens);
  holdBehindLast(tokens);
  holdBehindUnderscore(tokens);
}

/** An underscore before a mail address is a part of it where it turns out to open no emphasis, though one follows. */
function holdBehindUnderscore(tokens: Token[]): void {
  tokens.forEach((token, index) => {
    const before = tokens[index - 1];
    if (before?.type === 'text' && before.raw.endsWith('_')) holdMail(token);
  });
  const last = tokens.at(-1);
  if (!last || last.type === 'link') return;
  if (last.raw.startsWith('_')) holdMail(deepestFirst(last));
  holdBehindUnderscore(childrenOf(last) ?? []);
}

function holdMail(token: Token): void {
  if (isBareAddress(token) && token.href.startsWith('mailto:')) token.href = PENDING_ADDRESS;
}

function deepestFirst(token: Token): Token {
  const first = token.type === 'link' ? undefined : childrenOf(token)?.[0];
  return first ? deepestFirst(first) : token;
}

function holdFrom(tokens: Token[], from: number): void {
  let at = 0;
  for (const token of tokens) {
    if (at >= from && token.type === 'link') token['href'] = PENDING_ADDRESS;
    else if (at + token.raw.length > from && token.type !== 'link') holdFrom(childrenOf(token) ?? [], from - at);
    at += token.raw.length;
  }
}

function holdLast(tokens: Token[]): void {
  for (const token of tokens.toReversed()) {
    if (isBareAddress(token)) token.href = PENDING_ADDRESS;
    else if (token.type !== 'link') holdLast(childrenOf(token) ?? []);
    if (/[\s<]/.test(token.raw)) return;
  }
}

/** What stands at the end behind a bare address waits for whether that goes on. */
function holdBehindLast(tokens: Token[]): void {
  const [before, last] = tokens.slice(-2);
  if (before && last?.type === 'text' && isBareAddress(before) && MAY_GO_ON.test(last.raw)) tokens.pop();
  else if (tokens.length > 0) holdBehindLast(childrenOf(tokens.at(-1)!) ?? []);
}

function isBareAddress(token: Token): token is Tokens.Link {
  return token.type === 'link' && (token as Tokens.Link).autolink === true && !token.raw.startsWith('<');
}
