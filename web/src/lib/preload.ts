/** Loads a file once into the browser's cache before the page that uses it is loaded. */
export function preload(href: string, attributes: Record<string, string>): void {
  const known = [...document.head.querySelectorAll('link[rel="preload"]')];
  if (known.some((link) => link.getAttribute('href') === href)) return;
  const link = document.createElement('link');
  for (const [name, value] of Object.entries({ rel: 'preload', ...attributes, href }))
    link.setAttribute(name, value);
  document.head.append(link);
}
