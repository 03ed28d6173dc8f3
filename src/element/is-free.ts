let hasTold = false;

/**
 * Whether an element's name is. A page may load the library twice: the first registration stands, and knows nothing of the
 * protocols and kinds that are registered with the second, whose integrator is told. On a server, whose bundler makes as
 * many copies as it likes, none has anything to show.
 */
export function isFree(name: string, element: CustomElementConstructor): boolean {
  const known = customElements.get(name);
  if (known && known !== element && globalThis.document && !hasTold) {
    hasTold = true;
    console.warn(
      `ai-stream-elements is loaded twice: <${name}> is of the first, and what is registered with this one unknown to it.`,
    );
  }
  return !known;
}
