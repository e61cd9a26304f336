import { IsnadError } from '../../errors.ts';
import { decimalOne, formatDecimal, parseDecimal } from './numbers.ts';

/**
 * Dates and times as oxigraph 0.5.11 stores them: `+00:00` becomes `Z`, needless zeros of the seconds
 * go, hour 24 becomes the next day. Each function takes a lexical form and gives the stored one, or
 * nothing where the engine cannot read the value and keeps it as it is.
 */
interface DateTimeParts {
  year: bigint;
  month: number;
  day: number;
  hour: number;
  minute: number;
  /** In units of 10^-18 seconds. */
  second: bigint;
  zone: string | undefined;
}

const decimalMax = 2n ** 127n - 1n;
const secondsPerDay = 86_400n;
/** XML Schema gives values without a year the year 1972 or 1971; the engine reckons with 1971. */
const absent = { year: 1971n, month: 12, hour: 0, minute: 0, second: 0n } as const;

const yearSyntax = '(-?(?:[1-9][0-9]{3,}|0[0-9]{3}))';
const zoneSyntax = '(Z|[+-][0-9]{2}:[0-9]{2})?';
const timeSyntax = String.raw`([0-9]{2}):([0-9]{2}):([0-9]{2}(?:\.[0-9]+)?)`;

/** The zone as stored: nothing if there is none; `undefined` if it is beyond ±14:00. */
const storedZone = (zone: string | undefined): string | undefined => {
  if (zone === undefined) return '';
  if (zone === 'Z') return 'Z';
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4, 6))];
  if (minutes > 59 || hours > 14 || (hours === 14 && minutes > 0)) return undefined;
  return hours === 0 && minutes === 0 ? 'Z' : zone;
};

const zoneSeconds = (zone: string | undefined): bigint => {
  if (zone === undefined || zone === 'Z') return 0n;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return BigInt(zone.startsWith('-') ? -minutes : minutes) * 60n;
};

const isLeapYear = (year: bigint): boolean =>
  year % 4n === 0n && (year % 100n !== 0n || year % 400n === 0n);

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const daysInMonth = (year: bigint, month: number): number =>
  month === 2 && isLeapYear(year) ? 29 : (monthLengths[month - 1] ?? 0);

const floorDivide = (value: bigint, by: bigint): bigint =>
  value >= 0n ? value / by : -((-value + by - 1n) / by);

/** Seconds since 0001-01-01 in units of 10^-18 (XML Schema 1.1, timeOnTimeline). */
const timeline = (parts: DateTimeParts): bigint => {
  const before = parts.year - 1n;
  const leapDays = floorDivide(before, 400n) - floorDivide(before, 100n) + floorDivide(before, 4n);
  let days = before * 365n + leapDays + BigInt(parts.day - 1);
  for (let month = 1; month < parts.month; month += 1)
    days += BigInt(daysInMonth(parts.year, month));
  const seconds = days * secondsPerDay + BigInt(parts.hour * 3600 + parts.minute * 60);
  return (seconds - zoneSeconds(parts.zone)) * decimalOne + parts.second;
};

const fits = (parts: DateTimeParts): boolean => {
  const units = timeline(parts);
  return units <= decimalMax && units >= -decimalMax;
};

const isRealDay = ({ year, month, day }: DateTimeParts): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);

const isRealTime = ({ hour, minute, second }: DateTimeParts): boolean =>
  minute <= 59 &&
  second < 60n * decimalOne &&
  (hour <= 23 || (hour === 24 && minute === 0 && second === 0n));

const nextDay = (parts: DateTimeParts): DateTimeParts => {
  const midnight = { ...parts, hour: 0 };
  if (parts.day < daysInMonth(parts.year, parts.month)) return { ...midnight, day: parts.day + 1 };
  if (parts.month < 12) return { ...midnight, day: 1, month: parts.month + 1 };
  return { ...midnight, day: 1, month: 1, year: parts.year + 1n };
};

/**
 * The engine cuts the fraction of its seconds towards zero before it takes minutes, hours and days
 * from them, so before the year 1 the last second of a minute, with a fraction, reads as the next
 * minute, and as a later one each time it is stored again. Such a value has no stored form.
 */
const isMisread = (parts: DateTimeParts): boolean =>
  parts.second > 59n * decimalOne && timeline({ ...parts, zone: undefined }) < 0n;

const two = (value: number): string => String(value).padStart(2, '0');
const yearText = (year: bigint): string =>
  year < 0n ? `-${String(-year).padStart(4, '0')}` : String(year).padStart(4, '0');
const secondText = (units: bigint): string =>
  units < 10n * decimalOne ? `0${formatDecimal(units)}` : formatDecimal(units);
const timeText = ({ hour, minute, second }: DateTimeParts): string =>
  `${two(hour)}:${two(minute)}:${secondText(second)}`;
const dateText = ({ year, month, day }: DateTimeParts): string =>
  `${yearText(year)}-${two(month)}-${two(day)}`;

/** What each datatype is made of, and how it is written again. */
interface DateSyntax {
  readonly pattern: RegExp;
  readonly fields: readonly (keyof DateTimeParts)[];
  readonly format: (parts: DateTimeParts) => string;
}

const syntax = (
  pattern: string,
  fields: readonly (keyof DateTimeParts)[],
  format: (parts: DateTimeParts) => string,
): DateSyntax => ({ pattern: new RegExp(`^${pattern}${zoneSyntax}$`), fields, format });

const dateFields = ['year', 'month', 'day'] as const;
const timeFields = ['hour', 'minute', 'second'] as const;

const dateTimeSyntax = syntax(
  `${yearSyntax}-([0-9]{2})-([0-9]{2})T${timeSyntax}`,
  [...dateFields, ...timeFields],
  (parts) => `${dateText(parts)}T${timeText(parts)}`,
);
const syntaxes = {
  dateTime: dateTimeSyntax,
  time: syntax(timeSyntax, timeFields, timeText),
  date: syntax(`${yearSyntax}-([0-9]{2})-([0-9]{2})`, dateFields, dateText),
  gYearMonth: syntax(
    `${yearSyntax}-([0-9]{2})`,
    ['year', 'month'],
    ({ year, month }) => `${yearText(year)}-${two(month)}`,
  ),
  gYear: syntax(yearSyntax, ['year'], ({ year }) => yearText(year)),
  gMonthDay: syntax(
    '--([0-9]{2})-([0-9]{2})',
    ['month', 'day'],
    ({ month, day }) => `--${two(month)}-${two(day)}`,
  ),
  gMonth: syntax('--([0-9]{2})', ['month'], ({ month }) => `--${two(month)}`),
  gDay: syntax('---([0-9]{2})', ['day'], ({ day }) => `---${two(day)}`),
} as const satisfies Record<string, DateSyntax>;

const readField = (field: keyof DateTimeParts, text: string): Partial<DateTimeParts> => {
  if (field === 'year') return { year: BigInt(text) };
  return field === 'second' ? { second: parseDecimal(text) ?? -1n } : { [field]: Number(text) };
};

const readParts = ({ pattern, fields }: DateSyntax, lexical: string): DateTimeParts | undefined => {
  const match = pattern.exec(lexical);
  if (!match) return undefined;
  const given: Partial<DateTimeParts> = {};
  for (const [index, field] of fields.entries())
    Object.assign(given, readField(field, match[index + 1] ?? ''));
  const known = { ...absent, ...given };
  const day = given.day ?? daysInMonth(known.year, known.month);
  return { ...known, day, zone: match[fields.length + 1] };
};

export type DateDatatype = keyof typeof syntaxes;

/**
 * The stored form of a value of one of the date and time datatypes, or nothing where the engine keeps
 * it as it is.
 *
 * @throws IsnadError `rdf-syntax` for a value the engine would change each time
 */
export const storedDate = (datatype: DateDatatype, lexical: string): string | undefined => {
  const form = syntaxes[datatype];
  const parts = readParts(form, lexical);
  if (!parts || parts.second < 0n || !isRealDay(parts) || !isRealTime(parts)) return undefined;
  const zone = storedZone(parts.zone);
  if (zone === undefined) return undefined;
  const rolled = parts.hour === 24 ? rollOver(datatype, parts) : parts;
  if (!fits(rolled)) return undefined;
  if (isMisread(rolled))
    throw new IsnadError(
      'rdf-syntax',
      `The engine cannot keep "${lexical}": leave the fraction out.`,
    );
  return `${form.format(rolled)}${zone}`;
};

/** Hour 24: the next day's midnight, or for a time without a date, midnight. */
const rollOver = (datatype: DateDatatype, parts: DateTimeParts): DateTimeParts =>
  datatype === 'dateTime' ? nextDay(parts) : { ...parts, hour: 0 };
