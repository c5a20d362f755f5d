import { expect, it } from 'vitest';
import { beyondTitle, ending, queueSummary, spacedCode } from './states';

it('knows what is no ending', () => {
  expect(ending('pending')).toBeNull();
});

it('offers a new code where one helps, and none where it cannot', () => {
  expect(ending('expired')?.again).toBe('Get a new code');
  expect(ending('denied')?.again).toBeDefined();
  expect(ending('idle')?.again, 'the server was restarted and forgot the code').toBeDefined();
  expect(ending('wrong_secret')?.again).toBeUndefined();
});

it('spaces a code for reading', () => {
  expect(spacedCode('5055CC52')).toBe('5055 CC52');
  expect(spacedCode('ABC')).toBe('ABC');
});

it('does not repeat a title', () => {
  expect(beyondTitle('Trakt not configured. The application is saved.', 'Trakt not configured')).toBe(
    'The application is saved.'
  );
  expect(beyondTitle('The code is too old: it was not entered in time.', 'The code is too old')).toBe(
    'It was not entered in time.'
  );
  expect(beyondTitle('Trakt is away.', 'Trakt not configured')).toBe('Trakt is away.');
});

it('speaks only of what the queue holds', () => {
  expect(queueSummary({ pending: 0, failed: 1 })).toMatch(/^1 change refused/);
  expect(queueSummary({ pending: 2, failed: 0 })).toMatch(/^2 changes waiting/);
  expect(queueSummary({ pending: 2, failed: 0 })).not.toContain('refused');
});
