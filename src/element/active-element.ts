/** The element of a page that has the focus, looked for through shadow roots. */
export function deepActiveElement({ activeElement, body } = document): HTMLElement | undefined {
  let active = activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active === null || active === body ? undefined : (active as HTMLElement);
}
