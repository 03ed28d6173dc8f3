import type { Token } from 'marked';

/** The tokens inside a token, where it has any. */
export function childrenOf(token: Token): Token[] | undefined {
  return 'tokens' in token ? (token.tokens as Token[] | undefined) : undefined;
}

/** How much of the source these blocks are. */
export function sourceLength(tokens: readonly Token[]): number {
  return tokens.reduce((sum, token) => sum + token.raw.length, 0);
}
