import { toInstant } from '../clock/instant.js';

/** Longer addresses are not read: no signed address comes near, and the parser's work stays bounded. */
const MAX_URL_LENGTH = 32_768;
/** A number counts as an epoch only inside this window (2001 to 2100), so that `?expires=3600` is not the year 1970. */
const FIRST_EPOCH = Date.UTC(2001, 0, 1);
const LAST_EPOCH = Date.UTC(2100, 0, 1);
/** How deep an address may hide in another one's parameter, as in image proxies (`/_next/image?url=…`). */
const MAX_NESTING = 2;

/** By lower-case name. One that is given twice has both values; `get` gives the first. */
type Parameters = URLSearchParams;
type Form = (parameters: Parameters) => (Date | null)[];

/**
 * The moment at which a signed address stops working, read from the address alone; null where it does not say.
 * Where it names several ends (Azure's signature and its key, a policy with several statements) the earliest counts.
 */
export function parseExpiry(url: string | URL | null | undefined): Date | null {
  return earliest(endsOf(String(url ?? ''), 0));
}

/** The earlier of the moments that are known. */
export function earliest(moments: Iterable<Date | null>): Date | null {
  let first: Date | null = null;
  for (const moment of moments) if (moment && (!first || moment < first)) first = moment;
  return first;
}

/** What each signer writes into its addresses. Names are compared in lower case. */
const FORMS: readonly Form[] = [
  dateAndLifetime,
  wholeEnds,
  azureEnds,
  policyEnds,
  tokenEnds,
  hexEnds,
  edgeTokenEnds,
  tencentEnds,
  baiduEnds,
  shortNames,
];

function endsOf(url: string, depth: number): (Date | null)[] {
  const address = url.length <= MAX_URL_LENGTH ? parseAddress(url) : null;
  if (!address) return [];
  const groups = [queryOf(address), ...pathParameters(address.pathname)];
  const ends = groups.flatMap((parameters) => FORMS.flatMap((form) => form(parameters)));
  const nested = depth < MAX_NESTING ? nestedAddresses(address) : [];
  return [...ends, ...nested.flatMap((inner) => endsOf(inner, depth + 1))];
}

function parseAddress(url: string): URL | null {
  try {
    const address = new URL(url, 'https://relative.invalid');
    return /^https?:$/.test(address.protocol) ? address : null;
  } catch {
    return null;
  }
}

/** `&amp;` is what copying an address out of HTML leaves behind. */
function queryOf(address: URL): Parameters {
  return new URLSearchParams([...address.searchParams].map(([name, value]) => [plainName(name), value]));
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/^amp;/, '');
}

/** Some signers write into the path: `/exp=…~hmac=…/a.png`, `/bcdn_token=…&expires=…/a.png`, `/<JWT>/a.png`. */
function pathParameters(path: string): Parameters[] {
  return path
    .split('/')
    .filter((segment) => segment.includes('=') || isJwt(segment))
    .map((segment) =>
      segment.includes('=')
        ? queryOf(new URL(`https://relative.invalid/?${segment.replaceAll(/[~;]/g, '&')}`))
        : new URLSearchParams({ token: segment }),
    );
}

/** In a parameter of an image proxy, or encoded as one segment of its path. */
function nestedAddresses(address: URL): string[] {
  const query = queryOf(address);
  const named = ['url', 'src', 'href', 'image', 'imageurl', 'u'].flatMap((name) => query.getAll(name));
  const segments = address.pathname.split('/').filter((segment) => /^https?%3a/i.test(segment));
  return [...named.filter((value) => /^(https?:\/\/|\/)/i.test(value)), ...segments.map(decodeOnce)];
}

/** `X-Amz-Date` and `X-Amz-Expires`, and every service that follows the pattern (`X-Goog-`, `x-oss-`, `X-Tos-`, a bare `X-`, …). */
function dateAndLifetime(parameters: Parameters): (Date | null)[] {
  const ends: (Date | null)[] = [];
  for (const [name, value] of parameters) {
    const prefix = /^(x-(?:[a-z0-9]+-)?)date$/.exec(name)?.[1];
    if (prefix) ends.push(later(plausible(value), parameters.get(`${prefix}expires`)));
  }
  return ends;
}

function later(start: Date | null, seconds: string | null | undefined): Date | null {
  return start && seconds && /^\d{1,10}$/.test(seconds) ? new Date(start.getTime() + Number(seconds) * 1000) : null;
}

/**
 * Names that say by themselves that the value is an end: `Expires`, `exp`, `vercel-blob-valid-until`, … Not S3's `response-expires`, a
 * header that the response is to carry.
 */
const END_NAME =
  /^(?!response-)(?:.*[-_])?(?:exp(?:ires?|iry|iration)?(?:[-_]?(?:at|on|ts|time|timestamp|date))?|valid[-_]?(?:until|to)|not[-_]?after)$/;

function wholeEnds(parameters: Parameters): (Date | null)[] {
  return [...parameters].map(([name, value]) => (END_NAME.test(name) ? plausible(value) : null));
}

/** An epoch inside the window, or a date in words, whose `+` may have become a space and whose colons may be encoded twice. */
function plausible(value: string): Date | null {
  const text = decodeOnce(value).trim();
  const moment = toInstant(text.replace(/ (\d\d:?\d\d)$/, '+$1')) ?? toInstant(text);
  if (!moment || !/^\d+(\.\d+)?$/.test(text)) return moment;
  return moment.getTime() >= FIRST_EPOCH && moment.getTime() < LAST_EPOCH ? moment : null;
}

function decodeOnce(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** Azure: the signature's own end, and that of the user delegation key that made it. */
function azureEnds(parameters: Parameters): (Date | null)[] {
  return parameters.has('sig') ? ['se', 'ske'].map((name) => plausible(parameters.get(name) ?? '')) : [];
}

/** The ends in a policy's text. It is searched, not parsed: what else it says, readable or not, is no matter. */
const POLICY_END = /"(?:DateLessThan"\s*:\s*\{\s*"AWS:EpochTime|expiry|expiration)"\s*:\s*"?([^\s",}]+)/g;

/** CloudFront's custom policy, in its own base64; other services' policies name an `expiry` or `expiration`. */
function policyEnds(parameters: Parameters): (Date | null)[] {
  const policy = decodeBase64(parameters.get('policy') ?? parameters.get('srvpolicy') ?? '');
  return [...policy.matchAll(POLICY_END)].map(([, end]) => toInstant(end));
}

/** A JWT in whichever parameter: Supabase's `token`, GitHub's `jwt`, … Only its `exp` is read; nothing is verified. */
function tokenEnds(parameters: Parameters): (Date | null)[] {
  return [...parameters.values()]
    .filter(isJwt)
    .map((token) => toInstant(readJson(decodeBase64(token.split('.')[1]!))?.['exp']));
}

/** Header, payload and signature, in base64url or, by mistake, plain base64. A header is a JSON object and so begins with `ey`. */
function isJwt(text: string): boolean {
  return /^(?:bearer )?ey[\w+/ -]+=*\.[\w+/ -]+=*\.[\w+/ -]*=*$/i.test(text);
}

/** Discord's `ex` (beside `hm`) and Meta's `oe` (beside `oh`) are epoch seconds in hexadecimal. */
function hexEnds(parameters: Parameters): (Date | null)[] {
  return [
    ['ex', 'hm'],
    ['oe', 'oh'],
  ].map(([name, signature]) => {
    const value = parameters.get(name!) ?? '';
    return parameters.has(signature!) && /^[0-9a-f]{8}$/i.test(value) ? plausible(String(parseInt(value, 16))) : null;
  });
}

/** Akamai and its kin: a parameter of whatever name holds `st=…~exp=…~hmac=…`, or Google's `URLPrefix=…~Expires=…`. */
function edgeTokenEnds(parameters: Parameters): (Date | null)[] {
  return [...parameters.values()].map((value) => plausible(/(?:^|[~*])exp(?:ires)?=(\d+)/i.exec(value)?.[1] ?? ''));
}

/** Tencent: `q-sign-time` and `q-key-time` are `start;end`. */
function tencentEnds(parameters: Parameters): (Date | null)[] {
  return ['q-sign-time', 'q-key-time'].map((name) => plausible(parameters.get(name)?.split(';')[1] ?? ''));
}

/** Baidu: `authorization=bce-auth-v1/<key>/<start>/<seconds>/…`. */
function baiduEnds(parameters: Parameters): (Date | null)[] {
  const [scheme, , start, seconds] = (parameters.get('authorization') ?? '').split('/');
  return [scheme?.startsWith('bce-auth-v') ? later(toInstant(start), seconds) : null];
}

/** Short names are ends only beside a signature: Qiniu's and LinkedIn's `e`, ImageKit's `ik-t`. */
function shortNames(parameters: Parameters): (Date | null)[] {
  const signed = ['token', 't', 's', 'sig', 'signature', 'ik-s'].some((name) => parameters.has(name));
  return signed ? ['e', 'ik-t'].map((name) => plausible(parameters.get(name) ?? '')) : [];
}

function readJson(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? (value as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}

/** Base64 in any of its spellings: plain (a `+` has become a space), for URLs, and CloudFront's (`-` `_` `~`); empty where it is none. */
function decodeBase64(text: string): string {
  const isCloudFront = text.includes('~') || /_{1,2}$/.test(text);
  const plain = isCloudFront
    ? text.replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/')
    : text.replaceAll(/[- ]/g, '+').replaceAll('_', '/');
  try {
    const bytes = Uint8Array.from(atob(plain.replaceAll('=', '')), (character) => character.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    return '';
  }
}
