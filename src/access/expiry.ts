import { IsnadError } from '../errors.ts';

const dayMs = 86_400_000;
const daysMax = 36_500;

/**
 * When a token expires, as ISO 8601 in UTC: a date or time of ISO 8601, where a date means its beginning in
 * UTC, or a number of days from now as `90d`.
 *
 * @param now milliseconds since 1970
 * @throws IsnadError `invalid-parameter`
 */
export const readExpiry = (text: string, now = Date.now()): string => {
  const days = /^(\d{1,5})d$/.exec(text)?.[1];
  if (days !== undefined && Number(days) <= daysMax)
    return new Date(now + Number(days) * dayMs).toISOString();
  const isTime = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/;
  const time = isTime.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time)) return new Date(time).toISOString();
  throw new IsnadError('invalid-parameter', `expires is “${text.slice(0, 40)}”.`, {
    extra: {
      parameter: 'expires',
      allowed: ['a date, as 2027-01-31', 'a time, as 2027-01-31T12:00:00Z', 'days, as 90d'],
    },
  });
};
