import type { Token, Tokens } from 'marked';

const NAME = /^\[!(note|tip|important|warning|caution)\][ \t]*(?:\n|$)/i;

export type AlertKind = 'note' | 'tip' | 'important' | 'warning' | 'caution';

/** The line that makes a quote an alert, as on GitHub: a block of its own, which what follows it goes on with in no way. */
export interface AlertNameToken extends Tokens.Generic {
  type: 'alert-name';
  kind: AlertKind;
}

/** The name at the beginning of what a quote holds. */
export function readAlertName(source: string): AlertNameToken | undefined {
  const [raw, name] = NAME.exec(source) ?? [];
  return raw === undefined ? undefined : { type: 'alert-name', raw, kind: name!.toLowerCase() as AlertKind };
}

/** The kind of alert that a quote is, by its first line. */
export function alertOf(quote: Tokens.Blockquote): AlertKind | undefined {
  const first: Token | undefined = quote.tokens[0];
  return first?.type === 'alert-name' ? (first as AlertNameToken).kind : undefined;
}
