/** Calls `then` once when an element comes near the screen. Gives the way to stop waiting. */
export function whenNear(element: Element, then: () => void): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      then();
    },
    { rootMargin: '300px' }
  );
  observer.observe(element);
  return () => observer.disconnect();
}
