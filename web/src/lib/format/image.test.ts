import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { imageSource, imageUrl, WIDTHS } from './image';

it('rounds widths up to the available sizes', () => {
  expect(imageUrl('/api/images/7/poster?v=abc', 161)).toBe('/api/images/7/poster?v=abc&width=200');
  expect(imageUrl('/api/images/7/poster', 9000)).toBe('/api/images/7/poster?width=2560');
});

it('has the same sizes as the server', () => {
  const server = readFileSync('../crates/library/src/artwork/render.rs', 'utf8');
  const widths = /const WIDTHS: \[u32; \d+\] = \[([\d, ]+)\]/.exec(server)?.[1];
  expect(widths?.split(', ').map(Number)).toEqual(WIDTHS);
});

it('has larger images for high-density and very wide screens', () => {
  const { src, srcset, sizes } = imageSource('/photo', 120);
  expect(src).toBe('/photo?width=120');
  expect(srcset).toBe('/photo?width=120 120w, /photo?width=200 200w, /photo?width=320 320w');
  expect(sizes).toBe('(min-width: 3200px) 180px, (min-width: 2200px) 140px, 120px');
});
