/** Written as an address, wherever in a text. The host ends where a name and password would. */
const ADDRESS = /(?:https?:[/\\]+|\bwww\.)([^\s/\\:?#@]+)/giu;
/** The name of a host and nothing else, with who has mail there, or with a path. Browsers read other full stops as dots. */
const NAME =
  /^(?:(?:mailto:)?[^\s@/]{1,99}@)?((?:[\p{L}\p{N}-]+[.\u3002\uFF61])+([a-z]{2,}|[^\P{L}a-z]{2,}|xn--[a-z0-9-]+))\.?(?:([/\\:?#])\S*)?$/iu;
/** Among other words too, in letters that are set apart by spaces, and under an ending that readers know or a country's. */
const AMONG_WORDS =
  /(?<![\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{N}_-]\.?)((?:[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{N}_-]+[.\u3002])+((?:com|net|org|gov|edu|info|biz|app|dev|bank|online|site|shop|xyz|test|example|рф|xn--[a-z0-9-]+)(?![\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{N}_])|[a-z]{2}(?!\.?(?:[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{N}_]|\())))/giu;
/** What ends like a file or a product is the name of one, unless it is written as an address. */
const FILE_ENDING = /^(?:js|[jt]sx?|mjs|md|py|rb|rs|go|sh|cs|css|html?|json|ya?ml|toml|txt|pdf|png|jpe?g|svg|java|kt)$/;
/** Signs around a name, such as a lock or an arrow. */
const AROUND = /^[^\p{L}\p{N}]+|(?<![^\p{L}\p{N}/])[^\p{L}\p{N}/]+$/gu;
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
  const [, name = '', ending = '', path] = NAME.exec(text.replace(AROUND, '')) ?? [];
  const among = [...text.matchAll(AMONG_WORDS)].filter(([, , end = '']) => !isOther(end)).map(([, host = '']) => host);
  const named = among.length > 0 || (!path && isOther(ending)) ? among : [name];
  return [...written, ...named].filter(isNoSentence);
}

/** The ending of a file, or the first word of a sentence. */
function isOther(ending: string): boolean {
  return FILE_ENDING.test(ending) || /^\p{Lu}\p{Ll}$/u.test(ending);
}

/** Where the other full stop is that of a sentence. `ASP.NET` is what it says. */
function isNoSentence(name: string): boolean {
  // eslint-disable-next-line no-control-regex
  return !/^(?:ASP|ADO|VB|ML)\.NET$/.test(name) && (!name.includes('\u3002') || /^[\u0000-\u007F\u3002]+$/.test(name));
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
