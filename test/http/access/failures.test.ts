import { expect, it } from 'vitest';
import { FailedTokens } from '../../../src/http/access/failures.ts';

it('refuses a client after twenty failures in a minute, and no other', () => {
  let now = 0;
  const failed = new FailedTokens(() => now);
  for (let n = 0; n < 20; n += 1) failed.note('192.0.2.1');
  now = 20_000;
  expect(() => failed.note('192.0.2.1')).toThrow(
    expect.objectContaining({
      code: 'authorisation-throttled',
      extra: expect.objectContaining({ retryAfterSeconds: 40 }),
    }),
  );
  expect(() => failed.note('192.0.2.2')).not.toThrow();
  now = 60_000;
  expect(() => failed.note('192.0.2.1')).not.toThrow();
});

it('remembers no more clients than there is room for', () => {
  const failed = new FailedTokens(() => 0);
  for (let n = 0; n < 20; n += 1) failed.note('first');
  for (let n = 0; n < 10_000; n += 1) failed.note(`other ${n}`);
  expect(() => failed.note('first')).not.toThrow();
});
