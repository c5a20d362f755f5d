/** Fetches a file before the page that shows it is there: once, it is cached then. */
export function preload(href: string, attributes: Record<string, string>): void {
  const known = [...document.head.querySelectorAll('link[rel="preload"]')];
  if (known.some((link) => link.getAttribute('href') === href)) return;
  const link = document.createElement('link');
  for (const [name, value] of Object.entries({ rel: 'preload', ...attributes, href }))
    link.setAttribute(name, value);
  document.head.append(link);
}
