/**
 * Has an element match `:state(name)` where `name` is true. Only what has changed is told: a browser that is told a state
 * it knows looks through all of the element for styles that could depend on it.
 */
export function showStates({ states }: ElementInternals, shown: Record<string, boolean>): void {
  for (const [name, isOn] of Object.entries(shown)) {
    if (isOn === states.has(name)) continue;
    if (isOn) states.add(name);
    else states.delete(name);
  }
}
