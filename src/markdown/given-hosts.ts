import { UrlPolicy } from '../trust/url-policy.js';
import type { MarkdownOptions } from './markdown-renderer.js';

/** The judge by a host's lists. What in them is no host is told, and trusts nobody. */
export function readGivenHosts(
  imageHosts: string | null | undefined,
  linkHosts: string | null | undefined,
  onWarning: NonNullable<MarkdownOptions['onWarning']>,
): UrlPolicy {
  const policy = new UrlPolicy({ imageHosts: imageHosts ?? '', linkHosts: linkHosts ?? '' });
  for (const entry of policy.unreadable)
    onWarning({
      code: 'host-list',
      message: `\`${entry}\` in a list of hosts is none, such as a.example or *.a.example.`,
    });
  return policy;
}
