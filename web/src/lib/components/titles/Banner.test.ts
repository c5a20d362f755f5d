// @vitest-environment jsdom
import '$lib/testing/server';
import { fireEvent, render, screen } from '@testing-library/svelte';
import { createRawSnippet } from 'svelte';
import { expect, it, vi } from 'vitest';
import type { Image } from '$lib/api';
import { backdrops } from '$lib/state/backdrops.svelte';
import Banner from './Banner.svelte';

const image = { url: '/api/images/1/backdrop?v=1' } as Image;
const children = createRawSnippet(() => ({ render: () => '<h1>Nosferatu</h1>' }));

function shown(picture: Image | null, onsettled = vi.fn()) {
  const page = render(Banner, { image: picture, color: 'red', label: 'New', onsettled, children });
  return { ...page, banner: screen.getByRole('region', { name: 'New' }), onsettled };
}

it('is dark with an image, like the top bar', () => {
  const { banner, unmount } = shown(image);
  expect(banner.classList).toContain('on-art');
  expect(backdrops.count).toBe(1);
  unmount();
  expect(backdrops.count).toBe(0);
});

it('has the theme’s colours without an image', () => {
  const { banner } = shown(null);
  expect(banner.classList).not.toContain('on-art');
  expect(banner.querySelector('.bare')).not.toBeNull();
  expect(backdrops.count).toBe(0);
});

it('has the theme’s colours when the image fails to load, until the title changes', async () => {
  const { banner, onsettled, rerender } = shown(image);
  await fireEvent.error(banner.querySelector('img') as Element);
  expect(banner.classList).not.toContain('on-art');
  expect(backdrops.count).toBe(0);
  expect(onsettled).toHaveBeenCalledOnce();
  await rerender({ image: { ...image, url: '/api/images/2/backdrop?v=1' } });
  expect(banner.classList).toContain('on-art');
  expect(banner.querySelector('img')?.src).toContain('/api/images/2/');
});
