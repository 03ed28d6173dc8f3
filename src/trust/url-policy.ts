import { isDataPicture } from './data-picture.js';

export interface UrlPolicyInit {
  /**
   * Hosts whose pictures load unasked, separated by spaces: `self` is the page's own origin, `*` every host; `data:` are
   * those that are all in their address.
   */
  imageHosts?: string | string[];
  /** Hosts whose links open without the step that shows the whole address. Nothing listed: no link has that step. */
  linkHosts?: string | string[];
  /** What relative addresses are relative to. Without it a relative link is refused. */
  base?: string;
}

export interface ImageDecision {
  /** `load` at once, `ask` the reader first, or `refuse`. */
  action: 'load' | 'ask' | 'refuse';
  /** The normalised address; empty where it is refused. */
  url: string;
  /** Empty where the address has none: the picture is all in it. */
  host: string;
}

const LINK_SCHEMES = new Set(['http:', 'https:', 'mailto:']);
const IMAGE_SCHEMES = new Set(['http:', 'https:']);
/** Listed among hosts. */
const DATA = 'data:';
const REFUSED: ImageDecision = { action: 'refuse', url: '', host: '' };

/** An address longer than this is no address that a reader can judge. */
const MAX_LENGTH = 8192;

/**
 * The one judge of every address that a model wrote: links, images, citations, buttons and copy actions ask it, and
 * ask again at the moment at which they act.
 *
 * A list holds hosts (`example.com`, `*.example.com`, `example.com:8080`), each with an optional scheme and folder
 * (`https://example.com/avatars/`). An allowed host that forwards elsewhere is a hole that no list can see: list a path.
 */
export class UrlPolicy {
  /** What was listed and can be no host: nothing matches it. */
  readonly unreadable: readonly string[];
  readonly #images: readonly Rule[];
  readonly #links: readonly Rule[];
  readonly #linksAreListed: boolean;
  readonly #showsData: boolean;
  readonly #base: string | undefined;

  constructor(init: UrlPolicyInit = {}) {
    const images = entriesOf(init.imageHosts);
    const links = entriesOf(init.linkHosts);
    const rules = new Map([...images, ...links].map((entry) => [entry, ruleOf(entry, init.base)]));
    const known = (entries: string[]) => entries.flatMap((entry) => rules.get(entry) ?? []);
    this.unreadable = [...rules.keys()].filter((entry) => !rules.get(entry));
    this.#images = known(images);
    this.#links = known(links);
    this.#linksAreListed = links.length > 0;
    this.#showsData = images.includes(DATA) || images.includes('*');
    this.#base = init.base;
  }

  /** The normalised http, https or mailto address, or null where the text is none that may be followed. */
  link(url: string): string | null {
    const parsed = parse(url, this.#base);
    if (!parsed || !LINK_SCHEMES.has(parsed.protocol)) return null;
    return hasCredentials(parsed) ? null : parsed.href;
  }

  image(url: string): ImageDecision {
    if (isDataPicture(url)) return { action: this.#showsData ? 'load' : 'ask', url, host: '' };
    // Without a path of its own, an address would be that of the page.
    const parsed = /^\s*(?:[#?]|$)/.test(url) ? null : parse(url, this.#base ?? pageAddress());
    if (!parsed || !IMAGE_SCHEMES.has(parsed.protocol) || hasCredentials(parsed)) return REFUSED;
    const listed = this.#images.some((matches) => matches(parsed));
    return { action: listed ? 'load' : 'ask', url: parsed.href, host: parsed.host };
  }

  /** Whether following this link leaves the hosts that the page vouches for, so that the reader should see where to. */
  leaves(url: string): boolean {
    if (!this.#linksAreListed) return false;
    const parsed = parse(url, this.#base);
    return !parsed || !this.#links.some((matches) => matches(parsed));
  }
}

/** What is no list of hosts is one in which no host stands. */
function entriesOf(list: string | string[] | undefined): string[] {
  return [list ?? []].flat().join(' ').split(/\s+/).filter(Boolean);
}

function pageAddress(): string | undefined {
  return typeof location === 'undefined' ? undefined : location.href;
}

function parse(url: string, base: string | undefined): URL | null {
  if (url.length > MAX_LENGTH) return null;
  try {
    return new URL(url, base);
  } catch {
    return null;
  }
}

/** `https://bank.example@evil.example/` looks like the one and is the other. */
function hasCredentials(url: URL): boolean {
  return url.username !== '' || url.password !== '';
}

type Rule = (url: URL) => boolean;

const ENTRY = /^(?:(https?):\/\/)?(\*\.)?(\[[^\]]*\]|[^/:?#@[\]]+)(?::(\d+))?(\/[^?#]*)?$/i;

/** An entry is read as an address is, so that both spell a name alike: `bücher.example` is `xn--bcher-kva.example`. */
function ruleOf(entry: string, base: string | undefined): Rule | undefined {
  if (entry === '*') return () => true;
  if (entry === DATA) return () => false;
  if (entry === 'self') return ({ origin }) => origin === originOf(base ?? pageAddress());
  const [, scheme, anySubdomain, name = '', port, folder = ''] = ENTRY.exec(entry) ?? [];
  const { hostname: host = '', pathname: path = '' } = parse(`https://${name}:${port ?? ''}${folder}`, undefined) ?? {};
  if (!/^[\w.:[\]-]+$/.test(host)) return undefined;
  return (url) =>
    (!scheme || url.protocol === `${scheme.toLowerCase()}:`) &&
    (port === undefined ? url.port === '' : url.port === port || isDefaultPort(url, port)) &&
    (anySubdomain ? url.hostname.endsWith(`.${host}`) : url.hostname === host) &&
    (path === '/' || isWithin(url.pathname, path));
}

/** The path itself or one below it, for whatever server reads it. */
function isWithin(pathname: string, path: string): boolean {
  const folder = path.endsWith('/') ? path : `${path}/`;
  return (pathname === path || pathname.startsWith(folder)) && !climbs(pathname);
}

/** How often a server, what stands before it and what stands behind it may decode a path. */
const MAX_DECODINGS = 5;
/** Up a folder, for those, too, that leave out what cannot be seen, or cut a path where another part of it would begin. */
// eslint-disable-next-line no-control-regex
const UP = /(?:^|[/\\])[\u0000-\u0020]*\.[\u0000-\u0020]*\.(?:$|[/\\:;?#\u0000-\u0020])/;
/**
 * More bytes than a character has, or none of UTF-8, which some servers take for a dot or a slash; and an encoding of old.
 * `%FC` before a letter is one of an older alphabet.
 */
const OVERLONG = /%(?:c[01]|e0(?!%[ab])|f0(?!%[9ab])|f[5-9a-f]%|u[\da-f]{4})/i;

/** Some servers decode a path before they resolve it, and some more than once: `%2e%2e%2f` is a way out of a folder. */
function climbs(pathname: string): boolean {
  let path = pathname;
  for (let round = 0; round < MAX_DECODINGS; round += 1) {
    const decoded = path.replace(/(?:%[\da-f]{2})+/gi, decode).normalize('NFKC');
    if (UP.test(decoded) || OVERLONG.test(decoded)) return true;
    if (decoded === path) return false;
    path = decoded;
  }
  return true;
}

/** Bytes that are no UTF-8 stay, beside those that are ASCII in any encoding. */
function decode(bytes: string): string {
  try {
    return decodeURIComponent(bytes);
  } catch {
    return bytes.replace(/%([0-7].)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }
}

function isDefaultPort(url: URL, port: string): boolean {
  return url.port === '' && port === (url.protocol === 'https:' ? '443' : '80');
}

function originOf(address: string | undefined): string | undefined {
  return address === undefined ? undefined : parse(address, undefined)?.origin;
}
