/** Written as an address, wherever in a text. The host ends where a name and password would. */
const ADDRESS = /(?:https?:[/\\]+|\bwww\.)([^\s/\\:?#@]+)/giu;
/** The name of a host and nothing else, with who has mail there, or with a path. Browsers read other full stops as dots. */
const NAME =
  /^(?:(?:mailto:)?[^\s@/]{1,99}@)?((?:[\p{L}\p{N}-]+[.\u3002\uFF61])+(\p{L}{2,}|xn--[a-z0-9-]+))\.?(?:([/\\:?#])\S*)?$/iu;
/** What ends like a file or a product is the name of one, unless it is written as an address. */
const FILE_ENDING =
  /^(?:js|[jt]sx?|mjs|md|py|rb|rs|go|sh|cs|css|html?|json|ya?ml|toml|txt|pdf|png|jpe?g|svg|java|kt|NET)$/;
/** Signs around a name, such as a lock or an arrow. */
const AROUND = /^[^\p{L}\p{N}]+|(?<![^\p{L}\p{N}/])[^\p{L}\p{N}/]+$/gu;
const BEHIND = /(?<![^\p{L}\p{N}])[^\p{L}\p{N}]+$/u;
/** What nobody can see, in a name least of all. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;
/** What looks like the slash in an address, beside its other widths. */
const SLASHES = /[\u2044\u2215\u2571\u29F8]/gu;

/** The host that a link's text names, where that is another than the one it leads to, or looks like another. */
export function claimedHost(text: string, url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const actual = hostOf(url);
  const seen = text.replace(UNSEEN, '').normalize('NFKC').replace(SLASHES, '/');
  return namedHosts(seen).find((host) => {
    const claimed = hostOf(`https://${host}`);
    return claimed !== '' && (claimed !== actual || looksLikeAnother(host));
  });
}

function namedHosts(text: string): string[] {
  const written = [...text.matchAll(ADDRESS)].map(([, host = '']) => host.replace(BEHIND, ''));
  const [, name, ending = '', path] = NAME.exec(text.replace(AROUND, '')) ?? [];
  return name === undefined || (!path && FILE_ENDING.test(ending)) ? written : [...written, name];
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
    const isOther = /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(label);
    return isOther && (/\p{Script=Latin}/u.test(label) || (isLatin && LOOKALIKES.test(label)));
  });
}
