import { expect, it, onTestFinished } from 'vitest';
import { IsnadError } from '../../src/errors.ts';
import { clientOfAddress } from '../../src/http/client-address.ts';
import { startService } from './serve.ts';

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002:ffff::', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('%s is the client %s', (address, client) => {
  expect(clientOfAddress(address)).toBe(client);
});

const refuse = (): never => {
  throw new IsnadError('client-busy', '100 queries of yours are waiting already.', {
    extra: { retryAfterSeconds: 7, limit: 100, unit: 'queries' },
  });
};

it('is told to come back when its own share of the line is full, and when', async () => {
  const service = await startService([
    { method: 'GET', path: '/busy', summary: 'Refuses.', handle: refuse },
  ]);
  onTestFinished(service.close);
  const answer = await service.get('/busy');
  expect(answer.status).toBe(429);
  expect(answer.headers.get('retry-after')).toBe('7');
  expect(await answer.json()).toMatchObject({ code: 'client-busy', limit: 100 });
});
