/** Written as an address, wherever in a text. The host ends where a name and password would. */
const ADDRESS = /(?:https?:[/\\]+|\bwww\.)([^\s/\\:?#@]+)/giu;
/** The name of a host and nothing else, or with a path. Browsers read other full stops as dots. */
const NAME = /^((?:[\p{L}\p{N}-]+[.\u3002\uFF0E\uFF61])+(\p{L}{2,}|xn--[a-z0-9-]+))\.?(?:([/:?#])\S*)?$/iu;
/** What ends like a file or a product is the name of one, unless it is written as an address. */
const FILE_ENDING =
  /^(?:js|[jt]sx?|mjs|md|py|rb|rs|go|sh|cs|css|html?|json|ya?ml|toml|txt|pdf|png|jpe?g|svg|java|kt|NET)$/;
/** Signs around a name, such as a lock or an arrow. */
const AROUND = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}/]+$/gu;
const BEHIND = /[^\p{L}\p{N}]+$/u;
/** What nobody can see, in a name least of all. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;

/** The host that a link's text names, where that is another than the one it leads to. */
export function claimedHost(text: string, url: string): string | undefined {
  if (!/^https?:/.test(url)) return undefined;
  const actual = hostOf(url);
  return namedHosts(text.replace(UNSEEN, '')).find((host) => {
    const claimed = hostOf(`https://${host}`);
    return claimed !== '' && claimed !== actual;
  });
}

function namedHosts(text: string): string[] {
  const written = [...text.matchAll(ADDRESS)].map(([, host = '']) => host.replace(BEHIND, ''));
  const [, name, ending = '', path] = NAME.exec(text.replace(AROUND, '')) ?? [];
  return name === undefined || (!path && FILE_ENDING.test(ending)) ? written : [...written, name];
}

/** As it is resolved: letters of other scripts that look alike are not alike. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\.|\.$/g, '') : '';
}
