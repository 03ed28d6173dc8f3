import { expect } from '@open-wc/testing';
import { toInstant } from '../../src/image/clock/instant.js';
import { parseExpiry } from '../../src/image/lifetime/parse-expiry.js';

const BASE = 'https://cdn.example/a/picture.png';
const SIGNATURE = 'f'.repeat(64);

function base64url(value: unknown): string {
  return btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function jwt(payload: object): string {
  return `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url(payload)}.c2lnbmF0dXJl`;
}

/** CloudFront's own base64: `+` `=` `/` become `-` `_` `~`. */
function policy(value: object, padding = ''): string {
  return btoa(JSON.stringify(value) + padding)
    .replaceAll('+', '-')
    .replaceAll('=', '_')
    .replaceAll('/', '~');
}

const before = (seconds: number): object => ({ DateLessThan: { 'AWS:EpochTime': seconds } });

const NOON = '2026-03-01T12:00:00.000Z';
const ONE = '2026-03-01T13:00:00.000Z';
const ONE_SECONDS = Date.parse(ONE) / 1000;

const FORMS: [title: string, url: string, expected: string | null][] = [
  [
    'AWS SigV4: date and lifetime',
    `${BASE}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIA%2F20260301%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20260301T120000Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature=${SIGNATURE}`,
    ONE,
  ],
  [
    'R2, in lower case and another order',
    `https://acc.r2.cloudflarestorage.com/b/k?x-amz-expires=3600&x-id=GetObject&x-amz-signature=${SIGNATURE}&x-amz-date=20260301T120000Z`,
    ONE,
  ],
  ['SigV4 with a lifetime of no seconds', `${BASE}?X-Amz-Date=20260301T120000Z&X-Amz-Expires=0`, NOON],
  ['SigV4 without a lifetime', `${BASE}?X-Amz-Date=20260301T120000Z&X-Amz-Signature=${SIGNATURE}`, null],
  ['SigV4 without a date', `${BASE}?X-Amz-Expires=3600&X-Amz-Signature=${SIGNATURE}`, null],
  ['SigV4 with a broken date', `${BASE}?X-Amz-Date=yesterday&X-Amz-Expires=3600`, null],
  ['SigV4 with a negative lifetime', `${BASE}?X-Amz-Date=20260301T120000Z&X-Amz-Expires=-5`, null],
  ['SigV4 copied out of HTML', `${BASE}?a=b&amp;X-Amz-Date=20260301T120000Z&amp;X-Amz-Expires=3600`, ONE],
  ['GCS V4', `${BASE}?X-Goog-Date=20260301T120000Z&X-Goog-Expires=3600&X-Goog-Signature=${SIGNATURE}`, ONE],
  ['Aliyun OSS V4', `${BASE}?x-oss-date=20260301T120000Z&x-oss-expires=3600&x-oss-signature=${SIGNATURE}`, ONE],
  ['Volcengine TOS', `${BASE}?X-Tos-Date=20260301T120000Z&X-Tos-Expires=3600&X-Tos-Signature=${SIGNATURE}`, ONE],
  ['GCS V2', `${BASE}?GoogleAccessId=me%40x.iam&Expires=${ONE_SECONDS}&Signature=abc%3D`, ONE],
  ['S3 V2', `${BASE}?AWSAccessKeyId=AKIA&Expires=${ONE_SECONDS}&Signature=abc`, ONE],
  ['Aliyun OSS V1', `${BASE}?OSSAccessKeyId=LTAI&Expires=${ONE_SECONDS}&Signature=abc`, ONE],
  ['CloudFront, canned policy', `${BASE}?Expires=${ONE_SECONDS}&Signature=a~b-c_&Key-Pair-Id=K2`, ONE],
  [
    'CloudFront, custom policy',
    `${BASE}?Policy=${policy({ Statement: [{ Resource: 'https://cdn.example/*?ü>>', Condition: before(ONE_SECONDS) }] })}&Signature=abc&Key-Pair-Id=K2`,
    ONE,
  ],
  [
    'CloudFront, custom policy with padding',
    `${BASE}?Policy=${policy({ Statement: [{ Condition: before(ONE_SECONDS) }] }, '\n')}&Signature=abc`,
    ONE,
  ],
  [
    'CloudFront, the earliest of several statements',
    `${BASE}?Policy=${policy({ Statement: [{ Condition: before(ONE_SECONDS + 9) }, { Condition: before(ONE_SECONDS) }] })}`,
    ONE,
  ],
  [
    'CloudFront, the policy of its documentation, part of which is made unreadable',
    'http://d111111abcdef8.cloudfront.net/image.jpg?color=red&Policy=eyANCiAgICEXAMPLEW1lbnQiOiBbeyANCiAgICAgICJSZXNvdXJjZSI6Imh0dHA6Ly9kemJlc3FtN3VuMW0wLmNsb3VkZnJvbnQubmV0L2RlbW8ucGhwIiwgDQogICAgICAiQ29uZGl0aW9uIjp7IA0KICAgICAgICAgIklwQWRkcmVzcyI6eyJBV1M6U291cmNlSXAiOiIyMDcuMTcxLjE4MC4xMDEvMzIifSwNCiAgICAgICAgICJEYXRlR3JlYXRlclRoYW4iOnsiQVdTOkVwb2NoVGltZSI6MTI5Njg2MDE3Nn0sDQogICAgICAgICAiRGF0ZUxlc3NUaGFuIjp7IkFXUzpFcG9jaFRpbWUiOjEyOTY4NjAyMjZ9DQogICAgICB9DQogICB9XQ0KfQ0K&Signature=x&Key-Pair-Id=K2',
    '2011-02-04T22:57:06.000Z',
  ],
  [
    'CloudFront, a policy that only says from when',
    `${BASE}?Policy=${policy({ Statement: [{ Condition: { DateGreaterThan: { 'AWS:EpochTime': ONE_SECONDS } } }] })}`,
    null,
  ],
  ['CloudFront, a policy that cannot be read', `${BASE}?Policy=%00%00&Signature=abc`, null],
  [
    'Azure SAS',
    `${BASE}?sv=2024-11-04&sr=b&sp=r&st=2026-03-01T11%3A00%3A00Z&se=2026-03-01T13%3A00%3A00Z&sig=x%3D`,
    ONE,
  ],
  [
    'Azure user delegation: the key ends first',
    `${BASE}?se=2026-03-02T13%3A00%3A00Z&ske=2026-03-01T13%3A00%3A00Z&skt=2026-03-01T00%3A00%3A00Z&sig=x`,
    ONE,
  ],
  [
    'Azure user delegation: the signature ends first',
    `${BASE}?se=2026-03-01T13:00:00Z&ske=2026-03-08T00:00:00Z&sig=x`,
    ONE,
  ],
  ['Azure, seven digits of a second', `${BASE}?se=2026-03-01T13%3A00%3A00.0000000Z&sig=x`, ONE],
  ['Azure, a zone whose plus has become a space', `${BASE}?se=2026-03-01T14:00:00+01:00&sig=x`, ONE],
  ['Azure, encoded twice', `${BASE}?se=2026-03-01T13%253A00%253A00Z&sig=x`, ONE],
  ['Azure, a day alone', `${BASE}?se=2026-03-01&sig=x`, '2026-03-01T00:00:00.000Z'],
  ['Azure, a number is no date', `${BASE}?se=5&sig=x`, null],
  ['Azure, a shorter time', `${BASE}?se=2026-03-01T13:00Z&sig=x`, ONE],
  ['Azure, in capitals', `${BASE}?SE=2026-03-01T13:00:00Z&SIG=x`, ONE],
  ['Azure, the end of all days', `${BASE}?se=9999-12-31T23:59:59Z&sig=x`, '9999-12-31T23:59:59.000Z'],
  ['`se` without a signature is no end', `${BASE}?se=2026-03-01T13:00:00Z`, null],
  [
    'Supabase',
    `https://p.supabase.co/storage/v1/object/sign/bucket/a.png?token=${jwt({ url: 'bucket/a.png', iat: 1, exp: ONE_SECONDS })}`,
    ONE,
  ],
  ['GitHub: a JWT of another name', `${BASE}?jwt=${jwt({ exp: ONE_SECONDS, nbf: 1 })}`, ONE],
  [
    'Cloudflare Stream: a JWT in the path',
    `https://videodelivery.net/${jwt({ exp: ONE_SECONDS })}/thumbnails/t.jpg`,
    ONE,
  ],
  [
    'a JWT in plain base64',
    `${BASE}?token=${encodeURIComponent(`${btoa('{"alg":"none"} ')}.${btoa(JSON.stringify({ n: '?>~', exp: ONE_SECONDS }))}.`)}`,
    ONE,
  ],
  ['a file name that looks like a JWT', `https://cdn.example/eyes.of.fox.png?x=eyes.of.fox`, null],
  ['another word for it', `${BASE}?expire_time=${ONE_SECONDS}&sign=abc`, ONE],
  ['a JWT without an end', `${BASE}?token=${jwt({ sub: 'me' })}`, null],
  ['a token that is no JWT', `${BASE}?alt=media&token=0b6c0b4e-6f5c-4bd4-a0ee-6a9d6a7a7d3f`, null],
  ['Vercel Blob, milliseconds', `${BASE}?vercel-blob-valid-until=${ONE_SECONDS * 1000}&vercel-blob-signature=x`, ONE],
  ['Vercel Blob, seconds', `${BASE}?vercel-blob-valid-until=${ONE_SECONDS}&vercel-blob-signature=x`, ONE],
  ['Cloudflare Images', `https://imagedelivery.net/acc/id/public?exp=${ONE_SECONDS}&sig=${SIGNATURE}`, ONE],
  [
    'Discord',
    `https://cdn.discordapp.com/attachments/1/2/a.png?ex=${ONE_SECONDS.toString(16)}&is=69a3c0d0&hm=${SIGNATURE}&`,
    ONE,
  ],
  ['Discord without its signature', `${BASE}?ex=${ONE_SECONDS.toString(16)}`, null],
  ['Meta', `https://scontent.example/v/a.jpg?_nc_ht=x&oh=00_A&oe=${ONE_SECONDS.toString(16).toUpperCase()}`, ONE],
  [
    'Tencent COS',
    `${BASE}?q-sign-algorithm=sha1&q-sign-time=${ONE_SECONDS - 3600};${ONE_SECONDS}&q-key-time=${ONE_SECONDS - 3600};${ONE_SECONDS + 5}`,
    ONE,
  ],
  ['Baidu BOS', `${BASE}?authorization=bce-auth-v1%2Fkey%2F2026-03-01T12%3A00%3A00Z%2F3600%2Fhost%2Fabc`, ONE],
  ['Akamai, a token of its own', `${BASE}?hdnts=st=1~exp=${ONE_SECONDS}~acl=/*~hmac=abc`, ONE],
  ['Akamai, in the path', `https://cdn.example/exp=${ONE_SECONDS}~acl=%2f*~hmac=abc/picture.png`, ONE],
  ['Bunny', `${BASE}?token=HS256-abc&token_path=%2Fa%2F&expires=${ONE_SECONDS}`, ONE],
  ['Bunny, in the path', `https://x.b-cdn.net/bcdn_token=abc&expires=${ONE_SECONDS}/a.png`, ONE],
  ['imgix', `https://x.imgix.net/a.png?expires=${ONE_SECONDS}&s=${SIGNATURE}`, ONE],
  ['TikTok', `${BASE}?x-expires=${ONE_SECONDS}&x-signature=abc`, ONE],
  ['Notion', `https://file.notion.so/f/a.png?expirationTimestamp=${ONE_SECONDS * 1000}&signature=x`, ONE],
  ['LinkedIn and Qiniu', `${BASE}?e=${ONE_SECONDS}&v=beta&t=abc`, ONE],
  ['Filestack', `${BASE}?policy=${base64url({ call: ['read'], expiry: ONE_SECONDS })}&signature=abc`, ONE],
  [
    'an image proxy',
    `/_next/image?url=${encodeURIComponent(`${BASE}?X-Amz-Date=20260301T120000Z&X-Amz-Expires=3600`)}&w=640&q=75`,
    ONE,
  ],
  [
    'an image proxy with the address in its path',
    `https://img.example/plain/${encodeURIComponent(`${BASE}?Expires=${ONE_SECONDS}&Signature=x`)}@webp`,
    ONE,
  ],
  [
    'a proxy of a proxy',
    `/_astro?href=${encodeURIComponent(`https://p.example/?url=${encodeURIComponent(`${BASE}?expires=${ONE_SECONDS}`)}`)}`,
    ONE,
  ],
  ['ImageKit', `https://ik.imagekit.io/x/a.jpg?ik-t=${ONE_SECONDS}&ik-s=abc`, ONE],
  [
    'Pinata: a date in seconds',
    `${BASE}?X-Algorithm=PINATA1&X-Date=${ONE_SECONDS - 30}&X-Expires=30&X-Signature=x`,
    ONE,
  ],
  ['Media CDN', `${BASE}?Edge-Cache-Token=URLPrefix=aHR0~Expires=${ONE_SECONDS}~KeyName=k~Signature=x`, ONE],
  [
    'Media CDN, in the path',
    `https://cdn.example/edge-cache-token=Expires=${ONE_SECONDS}&KeyName=k&Signature=x/a.png`,
    ONE,
  ],
  ['a name that is given twice: the earlier', `${BASE}?Expires=${ONE_SECONDS + 9}&Expires=${ONE_SECONDS}`, ONE],
  ['an ISO date, encoded twice', `${BASE}?expires=2026-03-01T13%253A00%253A00Z`, ONE],
  ['a plus before the number', `${BASE}?expires=+${ONE_SECONDS}`, ONE],
  ['a plus before a lifetime', `${BASE}?expires=+3600`, null],
  ['no epoch at all: Expires=0', `${BASE}?Expires=0&Signature=x`, null],
  ['a negative number', `${BASE}?Expires=-${ONE_SECONDS}`, null],
  ['a number without an end', `${BASE}?Expires=${'9'.repeat(400)}`, null],
  ['1e309', `${BASE}?Expires=1e309`, null],
  ['digits of another script', `${BASE}?Expires=${encodeURIComponent('١٧٧٢٣٧٠٠٠٠')}`, null],
  ['a start that is the end of time', `${BASE}?X-Amz-Date=8640000000000000&X-Amz-Expires=3600`, null],
  ['what never reaches the server', `${BASE}#Expires=${ONE_SECONDS}`, null],
  ['a fragment behind it', `${BASE}?Expires=${ONE_SECONDS}#xywh=0,0,1,1`, ONE],
  ['a header that the response is to carry', `${BASE}?response-expires=Thu%2C+01+Dec+1994+16%3A00%3A00+GMT`, null],
  ['a range of a chart', `${BASE}?since=2024-01-01&until=2024-02-01`, null],
  ['an ISO date of its own', `${BASE}?expires_at=${encodeURIComponent(ONE)}`, ONE],
  ['two ends: the earlier', `${BASE}?Expires=${ONE_SECONDS + 60}&exp=${ONE_SECONDS}`, ONE],
  ['a relative address', `/files/a.png?expires=${ONE_SECONDS}&signature=x`, ONE],
  ['a lifetime is no epoch', `${BASE}?expires=3600`, null],
  ['a small `exp`', `${BASE}?exp=12&sig=x`, null],
  ['`e` without a signature', `${BASE}?e=${ONE_SECONDS}`, null],
  ['a time of issue is no end', `${BASE}?ts=${ONE_SECONDS}&v=${ONE_SECONDS}&t=${ONE_SECONDS}`, null],
  ['Cloudflare WAF: only the issue is known', `${BASE}?verify=${ONE_SECONDS}-abc`, null],
  ['no query at all', BASE, null],
  ['a data: address', 'data:image/png;base64,iVBORw0KGgo=', null],
  ['a blob: address', 'blob:https://app.example/0b6c0b4e', null],
  ['no address', 'https://[', null],
  ['nothing', '', null],
  ['an address of a megabyte', `${BASE}?x=${'y'.repeat(1e6)}&Expires=${ONE_SECONDS}`, null],
];

describe('parseExpiry', () => {
  it('takes an address as `new URL()` gives it, and says of none that it does not end', () => {
    const url = 'https://b.example/k?X-Amz-Date=20300101T000000Z&X-Amz-Expires=60';
    expect(parseExpiry(new URL(url) as never)?.toISOString()).to.equal('2030-01-01T00:01:00.000Z');
    for (const none of [undefined, null]) expect(parseExpiry(none as never)).to.equal(null);
  });

  for (const [title, url, expected] of FORMS) {
    it(title, () => {
      expect(parseExpiry(url)?.toISOString() ?? null).to.equal(expected);
    });
  }

  it('is quick with parameters made to be slow', () => {
    const url = `${BASE}?${'a-'.repeat(8000)}=1&${'x-amz-date=2&'.repeat(1000)}policy=${'A'.repeat(8000)}`;
    const start = performance.now();
    parseExpiry(url);
    expect(performance.now() - start).to.be.below(1000);
  });
});

const INSTANTS: [value: unknown, expected: string | null][] = [
  [ONE, ONE],
  [ONE_SECONDS, ONE],
  [String(ONE_SECONDS), ONE],
  [ONE_SECONDS * 1000, ONE],
  [` ${ONE_SECONDS * 1000} `, ONE],
  [new Date(ONE), ONE],
  ['2026-03-01T13:00', ONE],
  ['2026-03-01 13:00:00', ONE],
  ['2026-03-01T13:00:00.123456Z', '2026-03-01T13:00:00.123Z'],
  ['2026-03-01T14:00:00+0100', ONE],
  ['20260301T130000Z', ONE],
  ['2026-03-01 13:00:00+00', ONE],
  ['2026-03-01T14:00:00 +01:00', ONE],
  ['Sun, 01 Mar 2026 13:00:00 GMT', ONE],
  ['1', '1970-01-01T00:00:01.000Z'],
  ['tomorrow', null],
  ['2026-13-40T99:00:00Z', null],
  ['', null],
  [-5, null],
  [Number.NaN, null],
  [Infinity, null],
  [1e300, null],
  [new Date(Number.NaN), null],
  [null, null],
  [{}, null],
];

describe('an end as a host or a server writes it', () => {
  for (const [value, expected] of INSTANTS) {
    it(`${String(value) || 'an empty text'} → ${expected}`, () => {
      expect(toInstant(value)?.toISOString() ?? null).to.equal(expected);
    });
  }
});
