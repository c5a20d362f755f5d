/** Calls `then` once when an element comes near the viewport. Returns a function that stops waiting. */
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
