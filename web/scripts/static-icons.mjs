// Lucide's icons build their SVG from data whenever one is shown, which is most of what a page full of cards costs. Here the
// build writes each icon's shapes into its template, which the browser only has to copy.

const ICON = /@lucide[\\/]svelte[\\/]dist[\\/]icons[\\/][^\\/]+\.svelte$/;
const DATA = /const iconData = (\{.*\});/;

/**
 * A component that draws one icon. Of Lucide's properties it has those that are in use here.
 * @param {string} source Lucide's component
 */
export function staticIcon(source) {
  const data = DATA.exec(source)?.[1];
  if (!data)
    throw new Error('@lucide/svelte writes its icons in another way: scripts/static-icons.mjs has to follow');
  const { size, node } = /** @type {{ size: number, node: [string, Record<string, string>][] }} */ (
    JSON.parse(data)
  );
  const shapes = node.map(([tag, attributes]) => {
    const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
    return `<${tag}${written.join('')} />`;
  });
  return `<script>
  let { class: extra, strokeWidth = 2, 'aria-label': label } = $props();
</script>

<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 ${size} ${size}" fill="none" stroke="currentColor"
  stroke-width={strokeWidth} stroke-linecap="round" stroke-linejoin="round" class={extra}
  role={label ? 'img' : undefined} aria-label={label} aria-hidden={label ? undefined : 'true'}>${shapes.join('')}</svg>
`;
}

/**
 * The Vite plugin. It has to come before Svelte's.
 * @returns {import('vite').Plugin}
 */
export function staticIcons() {
  return {
    name: 'static-icons',
    enforce: 'pre',
    transform: {
      filter: { id: ICON },
      handler: (source) => ({ code: staticIcon(source), map: null })
    }
  };
}
