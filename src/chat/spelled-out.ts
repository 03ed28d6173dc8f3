/**
 * What cannot be seen and what turns the reading direction around. Joiners and the marks of right-to-left text stay:
 * languages and emoji need them.
 */
const UNSEEN =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u115F\u1160\u180E\u200B\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E0FFF}]/gu;

/**
 * Text such that it reads as what it is: a reader who allows a command must not see another one than will run. What is
 * unseen stands there as its number.
 */
export function spelledOut(text: string): string {
  return text.replace(UNSEEN, (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`);
}
