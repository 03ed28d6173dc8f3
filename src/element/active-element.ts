/**
 * The element that has the focus, looked for through shadow roots. A closed one tells it only to those inside, so that
 * the search begins around `near`.
 */
export function deepActiveElement(near: Node): HTMLElement | undefined {
  let active = activeAround(near);
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active === null || active === near.ownerDocument?.body ? undefined : (active as HTMLElement);
}

function activeAround(near: Node): Element | null {
  const { activeElement, host } = near.getRootNode() as Document & Partial<ShadowRoot>;
  return activeElement ?? (host ? activeAround(host) : null);
}
