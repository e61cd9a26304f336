import { decimalOne, formatDecimal, parseDecimal } from './numbers.ts';

/**
 * Durations as oxigraph 0.5.11 stores them: months carried into years, seconds into minutes, hours
 * and days. A form the engine cannot read gives nothing and is kept as it is.
 */
interface Duration {
  readonly months: bigint;
  /** In units of 10^-18 seconds. */
  readonly seconds: bigint;
  readonly hasMonths: boolean;
  readonly hasSeconds: boolean;
}

const monthsMax = 2n ** 63n - 1n;
const unitsMax = 2n ** 127n - 1n;

const pattern =
  /^(-?)P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:\.[0-9]*)?|\.[0-9]+)S)?)?$/;

const parse = (lexical: string): Duration | undefined => {
  const match = pattern.exec(lexical);
  if (!match) return undefined;
  const [, sign, years, months, days, hours, minutes, seconds] = match;
  const hasMonths = years !== undefined || months !== undefined;
  const hasSeconds = [days, hours, minutes, seconds].some((part) => part !== undefined);
  const secondUnits = parseDecimal(seconds ?? '0');
  if ((!hasMonths && !hasSeconds) || secondUnits === undefined) return undefined;
  const monthSum = BigInt(years ?? 0) * 12n + BigInt(months ?? 0);
  const wholeSeconds =
    BigInt(days ?? 0) * 86_400n + BigInt(hours ?? 0) * 3600n + BigInt(minutes ?? 0) * 60n;
  const units = wholeSeconds * decimalOne + secondUnits;
  if (monthSum > monthsMax || units > unitsMax) return undefined;
  const factor = sign === '-' ? -1n : 1n;
  return { months: factor * monthSum, seconds: factor * units, hasMonths, hasSeconds };
};

const part = (value: bigint, unit: string): string => (value === 0n ? '' : `${value}${unit}`);

const yearsAndMonths = (months: bigint): string =>
  part(months / 12n, 'Y') + part(months % 12n, 'M');

const daysAndTime = (units: bigint): string => {
  const whole = units / decimalOne;
  const seconds = units - (whole / 60n) * 60n * decimalOne;
  const time =
    part((whole / 3600n) % 24n, 'H') +
    part((whole / 60n) % 60n, 'M') +
    (seconds === 0n ? '' : `${formatDecimal(seconds)}S`);
  return part(whole / 86_400n, 'D') + (time === '' ? '' : `T${time}`);
};

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

const format = ({ months, seconds }: Duration, zero: string): string => {
  if (months === 0n && seconds === 0n) return zero;
  const sign = months < 0n || seconds < 0n ? '-' : '';
  return `${sign}P${yearsAndMonths(magnitude(months))}${daysAndTime(magnitude(seconds))}`;
};

/** `xsd:duration`: `P12M` becomes `P1Y`, zero becomes `PT0S`. */
export const storedDuration = (lexical: string): string | undefined => {
  const duration = parse(lexical);
  return duration && format(duration, 'PT0S');
};

/** `xsd:yearMonthDuration`: years and months only; zero becomes `P0M`. */
export const storedYearMonthDuration = (lexical: string): string | undefined => {
  const duration = parse(lexical);
  return duration && !duration.hasSeconds ? format(duration, 'P0M') : undefined;
};

/** `xsd:dayTimeDuration`: days and time only; zero becomes `PT0S`. */
export const storedDayTimeDuration = (lexical: string): string | undefined => {
  const duration = parse(lexical);
  return duration && !duration.hasMonths ? format(duration, 'PT0S') : undefined;
};
