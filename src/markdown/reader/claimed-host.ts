/** Written as an address, wherever in a text. The host ends where a name and password would. */
const ADDRESS = /(?:https?:[/\\]+|\bwww\.)([^\s/\\:?#@]+)/giu;
/** Endings that a reader takes for those of hosts wherever they stand, */
const KNOWN =
  'com|net|org|gov|edu|biz|app|dev|bank|online|site|shop|cloud|finance|mil|news|tech|xyz|test|example|рф|xn--[a-z0-9-]+|a[eiru]|b[egry]|c[ahlnoz]|d[ekz]|e[egsu]|f[ir]|g[eglr]|h[kru]|i[elnort]|jp|k[erz]|l[iktuvy]|m[xy]|n[gloz]|p[ehklt]|r[ou]|s[aegik]|t[hnrvw]|u[aksz]|v[en]|za';
/** and those that are oftener what something has in a program: where nothing else is said. */
const ALONE = new RegExp(`^(?:${KNOWN}|at|fm|i[ds]|info|m[ae]|so|to|[^\\P{L}a-z]{2,})$`, 'iu');
/** The name of a host and nothing else, with who has mail there, or with a path. Browsers read other full stops as dots. */
const NAME =
  /^(?:mailto:)?([^\s@/]{1,99}@)?((?:[\p{L}\p{N}-]+[.\u3002\uFF61])+(\p{L}{2,}|xn--[a-z0-9-]+))\.?(?:([/\\])\S*|[:?#]\S*)?$/iu;
/** What is set apart by spaces. */
const SPACED = String.raw`\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{N}_`;
/** Among other words too; not as a part of what is longer, nor where it is called. */
const AMONG_WORDS = new RegExp(
  String.raw`(?<![${SPACED}-]\.?)((?:[${SPACED}-]+[.\u3002])+(${KNOWN}))(?!\.?[${SPACED}]|\(\))`,
  'giu',
);
/** Signs around a name, such as a lock or an arrow. */
const AROUND = /^[^\p{L}\p{N}]+|(?<![^\p{L}\p{N}/])[^\p{L}\p{N}/(][^\p{L}\p{N}/]*$/gu;
const BEHIND = /(?<![^\p{L}\p{N}])[^\p{L}\p{N}]+$/u;
/** What nobody can see, in a name least of all. */
const UNSEEN = /\p{DI}/gu;
/** What looks like the slash in an address, beside its other widths. */
const SLASHES = /[\u2044\u2215\u2571\u29F8]/gu;

/**
 * The host that a reader takes a link's text for, where that is another than the one it leads to, or looks like another.
 * A host of the named one's is the named one's.
 */
export function claimedHost(text: string, url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const actual = hostOf(url);
  const seen = text.replace(UNSEEN, '').normalize('NFKC').replace(SLASHES, '/');
  return namedHosts(seen, url).find((host) => {
    const claimed = hostOf(`https://${host}`);
    return claimed !== '' && (!`.${actual}`.endsWith(`.${claimed}`) || looksLikeAnother(host));
  });
}

function namedHosts(text: string, url: string): string[] {
  const written = [...text.matchAll(ADDRESS)].map(([, host = '']) => host.replace(BEHIND, ''));
  // An address that is written whole may speak of others behind its host.
  if (URL.canParse(text) && new URL(text).href === url) return written.slice(0, 1);
  const [, mail, name = '', ending = '', path] = NAME.exec(text.replace(AROUND, '')) ?? [];
  // Nor does one that is written with its path alone.
  if (path && !mail) return [name].filter(isNoOther);
  const among = [...text.matchAll(AMONG_WORDS)]
    .filter(([, , end = '']) => !isFirstWord(end))
    .map(([, host = '']) => host);
  const isWhole = among.length === 0 && (mail || (ALONE.test(ending) && !isFirstWord(ending)));
  return [...written, ...among, ...(isWhole ? [name] : [])].filter(isNoOther);
}

/** Of a sentence. */
function isFirstWord(ending: string): boolean {
  return /^\p{Lu}\p{Ll}$/u.test(ending);
}

/** No product or part of a language, and no sentence where the other full stop is that of one. */
function isNoOther(name: string): boolean {
  if (/^(?:(?:ASP|ADO|VB|ML|Json)\.NET|(?:System|java)\.(?:io|in|net)|.*\.[jt]s)$/i.test(name)) return false;
  // eslint-disable-next-line no-control-regex
  return !name.includes('\u3002') || /^[\u0000-\u007F\u3002]+$/.test(name);
}

/** As it is resolved: letters of other scripts that look alike are not alike. */
function hostOf(url: string): string {
  const { protocol, hostname, pathname } = URL.canParse(url) ? new URL(url) : EMPTY;
  const mail = protocol === 'mailto:' ? hostOf(`https://${pathname.slice(pathname.lastIndexOf('@') + 1)}`) : '';
  return mail || hostname.replace(/^www\.|\.$/g, '');
}

const EMPTY = { protocol: '', hostname: '', pathname: '' };

/** Cyrillic and Greek letters that a Latin word can be made of. https://chromium.googlesource.com/chromium/src/+/main/docs/idn.md */
const LOOKALIKES = /^[асԁеһіјӏорԛѕԝхуъЬҽпгѵѡαγικνορυτχωɡ\d-]+$/iu;

/** A name whose letters are of two scripts, or under a Latin ending all of another one's that are drawn alike. */
function looksLikeAnother(host: string): boolean {
  const labels = host.split(/[.\u3002\uFF61]/u);
  const isLatin = /^[a-z]+$/i.test(labels.at(-1) ?? '');
  return labels.some((label) => {
    const isOther = /[\p{sc=Cyrillic}\p{sc=Greek}]/u.test(label);
    return isOther && (/\p{sc=Latin}/u.test(label) || (isLatin && LOOKALIKES.test(label)));
  });
}
