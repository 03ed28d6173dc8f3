import type { PreviewSettings, RunPolicy } from './document-preview.js';
import { frameAddress, looksSameSite } from './frame/frame-address.js';
import { safeOrigins } from './frame/frame-policy.js';

interface PreviewAttributes {
  run: RunPolicy;
  sandboxOrigin: string;
  allowOrigins: string;
}

/** The panel's attributes as a preview needs them. What cannot be followed is left out and told to the integrator. */
export function previewSettings({ run, sandboxOrigin, allowOrigins }: PreviewAttributes): PreviewSettings {
  const { origins, refused } = safeOrigins(allowOrigins);
  for (const origin of refused)
    console.warn(`<ai-artifact-panel>: allow-origins: ${origin} is not an https origin; left out.`);
  return { run: run || 'auto', origins, frameUrl: frameUrl(sandboxOrigin) };
}

function frameUrl(sandboxOrigin: string): string | undefined {
  if (sandboxOrigin === '') return undefined;
  const address = frameAddress(sandboxOrigin, location.href);
  if ('refused' in address) {
    console.error(`<ai-artifact-panel>: ${address.refused}. Previews run in a local frame instead.`);
    return undefined;
  }
  if (looksSameSite(address.url, location.href)) {
    console.warn(
      '<ai-artifact-panel>: sandbox-origin looks like this same site, which a browser may keep in one process.',
    );
  }
  return address.url;
}
