/** The name of the file that a host serves from another origin. */
const FRAME_FILE = 'artifact-frame.html';

type FrameAddress = { url: string } | { refused: string };

/**
 * The address of the frame's file on the host's other origin. The page's own origin is refused: served from there, the
 * sandbox would stand on its attribute alone.
 */
export function frameAddress(sandboxOrigin: string, page: string): FrameAddress {
  let url: URL;
  try {
    url = new URL(sandboxOrigin);
  } catch {
    return { refused: `sandbox-origin is not an address: ${sandboxOrigin}` };
  }
  if (url.protocol !== 'https:' && !isLocal(url)) return { refused: 'sandbox-origin must be an https address' };
  if (url.origin === new URL(page).origin) return { refused: "sandbox-origin is the page's own origin" };
  if (url.pathname.endsWith('/')) url.pathname += FRAME_FILE;
  return { url: url.href };
}

/** Whether two addresses look like one site: a browser may then keep them in one process. */
export function looksSameSite(url: string, page: string): boolean {
  return siteOf(url) === siteOf(page);
}

function siteOf(address: string): string {
  return new URL(address).hostname.split('.').slice(-2).join('.');
}

function isLocal({ protocol, hostname }: URL): boolean {
  return (
    protocol === 'http:' && (hostname === 'localhost' || hostname === '127.0.0.1' || hostname.endsWith('.localhost'))
  );
}
