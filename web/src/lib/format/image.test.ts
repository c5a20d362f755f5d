import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { imageSource, imageUrl, WIDTHS } from './image';

it('asks for few sizes', () => {
  expect(imageUrl('/api/images/7/poster?v=abc', 161)).toBe('/api/images/7/poster?v=abc&width=200');
  expect(imageUrl('/api/images/7/poster', 9000)).toBe('/api/images/7/poster?width=2560');
});

it('asks for the sizes that the server has', () => {
  const server = readFileSync('../crates/library/src/artwork/render.rs', 'utf8');
  const widths = /const WIDTHS: \[u32; \d+\] = \[([\d, ]+)\]/.exec(server)?.[1];
  expect(widths?.split(', ').map(Number)).toEqual(WIDTHS);
});

it('has a larger image for dense and for very wide screens', () => {
  const { src, srcset, sizes } = imageSource('/photo', 120);
  expect(src).toBe('/photo?width=120');
  expect(srcset).toBe('/photo?width=120 120w, /photo?width=200 200w, /photo?width=320 320w');
  expect(sizes).toBe('(min-width: 3200px) 180px, (min-width: 2200px) 140px, 120px');
});
