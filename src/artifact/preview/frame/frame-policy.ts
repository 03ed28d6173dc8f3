/** What the preview's frames must never use, as a permissions policy. */
const REFUSED_FEATURES = [
  'accelerometer',
  'autoplay',
  'bluetooth',
  'camera',
  'clipboard-read',
  'clipboard-write',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'web-share',
  'xr-spatial-tracking',
];

export const FRAME_PERMISSIONS = REFUSED_FEATURES.map((feature) => `${feature} 'none'`).join('; ');

/**
 * The address that relative links in a preview start from. It names no host (RFC 6761), and it hides the page's own
 * address, which a `srcdoc` document would otherwise have as its base.
 */
export const FRAME_BASE = 'https://artifact.invalid/';

// Nothing that ends a directive or begins another one can be in here.
const SAFE_ORIGIN = /^https:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?(?:\/[\w./-]*)?$/;
const LOCAL_ORIGIN = /^http:\/\/(?:localhost|127\.0\.0\.1)(?::\d{1,5})?(?:\/[\w./-]*)?$/;

function isSafe(origin: string): boolean {
  return SAFE_ORIGIN.test(origin) || LOCAL_ORIGIN.test(origin);
}

/** The addresses of a list that may stand in a policy; every other is left out. */
export function safeOrigins(list: string): { origins: string[]; refused: string[] } {
  const named = list.split(/[\s,]+/).filter(Boolean);
  return { origins: named.filter(isSafe), refused: named.filter((origin) => !isSafe(origin)) };
}

/**
 * The outer frame's policy, which the document inside inherits before its first byte is parsed. `frame-src 'none'` is
 * what keeps that document from navigating itself anywhere: only the `srcdoc` that we give it is exempt.
 */
export function framePolicy(origins: readonly string[] = []): string {
  const listed = origins.map((origin) => ` ${origin}`).join('');
  return [
    "default-src 'none'",
    `script-src 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob: data:${listed}`,
    `style-src 'unsafe-inline' data: blob:${listed}`,
    `img-src data: blob:${listed}`,
    `font-src data: blob:${listed}`,
    `media-src data: blob:${listed}`,
    `connect-src ${listed.trim() || "'none'"}`,
    'worker-src blob:',
    "frame-src 'none'",
    "child-src 'none'",
    "object-src 'none'",
    "manifest-src 'none'",
    "form-action 'none'",
    `base-uri ${FRAME_BASE}`,
    "webrtc 'block'",
  ].join('; ');
}
