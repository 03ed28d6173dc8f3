/**
 * What cannot be seen, and what turns the reading direction around, be it that of two numbers. Joiners and selectors stay
 * behind what they can be for: languages and emoji need them.
 */
const UNSEEN =
  // eslint-disable-next-line no-control-regex, no-misleading-character-class
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029\u2800\uFFF9-\uFFFB]|(?<=[\uFE0E\uFE0F])[\uFE0E\uFE0F]|(?!(?<=[^\p{ASCII}\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{Z}\p{P}\p{C}])[\u200C\u200D\uFE0E\uFE0F])\p{DI}/gu;

/**
 * Text such that it reads as what it is: a reader who allows a command must not see another one than will run. What is
 * unseen stands there as its number.
 */
export function spelledOut(text: string): string {
  return text.replace(UNSEEN, (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`);
}
