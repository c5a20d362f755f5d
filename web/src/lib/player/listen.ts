// Event listeners that are added and removed together.

/** Adds all listeners. Returns a function that removes them. */
export function listen(target: EventTarget, listeners: Record<string, (event: Event) => void>): () => void {
  const all = Object.entries(listeners);
  for (const [name, listener] of all) target.addEventListener(name, listener);
  return () => {
    for (const [name, listener] of all) target.removeEventListener(name, listener);
  };
}
