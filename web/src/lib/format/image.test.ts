import { expect, it } from 'vitest';
import { imageUrl } from './image';

it('asks for few sizes', () => {
  expect(imageUrl('/api/images/7/poster?v=abc', 161)).toBe('/api/images/7/poster?v=abc&width=240');
  expect(imageUrl('/api/images/7/poster', 9000)).toBe('/api/images/7/poster?width=3840');
});
