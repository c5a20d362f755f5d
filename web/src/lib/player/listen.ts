// Listeners that come and go together.

/** Listens to every event named. Gives the way to stop. */
export function listen(target: EventTarget, listeners: Record<string, (event: Event) => void>): () => void {
  const all = Object.entries(listeners);
  for (const [name, listener] of all) target.addEventListener(name, listener);
  return () => {
    for (const [name, listener] of all) target.removeEventListener(name, listener);
  };
}
