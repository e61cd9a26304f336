import { shortestFloat32 } from './float32.ts';

/**
 * Numbers as oxigraph 0.5.11 stores them. Each function takes a lexical form and gives the stored
 * one, or nothing where the engine cannot read the number and keeps it, with its datatype, as it is.
 */
const integerMin = -(2n ** 63n);
const integerMax = 2n ** 63n - 1n;
const decimalMin = -(2n ** 127n);
const decimalMax = 2n ** 127n - 1n;
const decimalDigits = 18;
/** One in the engine's decimals, which count in units of 10^-18. */
export const decimalOne = 10n ** BigInt(decimalDigits);

/** Signed 64-bit integers; `+05` becomes `5`. */
export const storedInteger = (lexical: string): string | undefined => {
  if (!/^[+-]?[0-9]+$/.test(lexical)) return undefined;
  const value = BigInt(lexical.replace(/^\+/, ''));
  return value < integerMin || value > integerMax ? undefined : String(value);
};

/** Reads a decimal into units of 10^-18, or nothing when it does not fit the engine's 128 bits. */
export const parseDecimal = (lexical: string): bigint | undefined => {
  const match = /^([+-]?)(?:([0-9]+)(?:\.([0-9]*))?|\.([0-9]+))$/.exec(lexical);
  if (!match) return undefined;
  const [, sign, whole = '', inner, bare] = match;
  const fraction = (inner ?? bare ?? '').replace(/0+$/, '');
  if (fraction.length > decimalDigits) return undefined;
  const units = BigInt(whole + fraction.padEnd(decimalDigits, '0'));
  const value = sign === '-' ? -units : units;
  return value < decimalMin || value > decimalMax ? undefined : value;
};

/** Writes units of 10^-18 without needless zeros. */
export const formatDecimal = (units: bigint): string => {
  const magnitude = units < 0n ? -units : units;
  const fraction = String(magnitude % decimalOne)
    .padStart(decimalDigits, '0')
    .replace(/0+$/, '');
  const sign = units < 0n ? '-' : '';
  return `${sign}${magnitude / decimalOne}${fraction === '' ? '' : `.${fraction}`}`;
};

/** Decimals of at most 18 fractional digits within 128 bits; `2.20` becomes `2.2`. */
export const storedDecimal = (lexical: string): string | undefined => {
  const units = parseDecimal(lexical);
  return units === undefined ? undefined : formatDecimal(units);
};

const floatSyntax = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
const namedFloat = /^([+-]?)(inf|infinity|nan)$/i;

/** Spells `digits × 10^exponent` without an exponent, as Rust does. */
const positional = (scientific: string): string => {
  const [mantissa = '', exponentText = '0'] = scientific.split('e');
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = whole + fraction;
  const point = whole.length + Number(exponentText);
  const sign = mantissa.startsWith('-') ? '-' : '';
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
};

const spellFloat = (value: number, scientific: string): string => {
  if (value === Infinity) return 'INF';
  if (value === -Infinity) return '-INF';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  return positional(scientific);
};

const storedNamedFloat = (lexical: string): string | undefined => {
  const match = namedFloat.exec(lexical);
  if (!match) return undefined;
  if (match[2]?.toLowerCase() === 'nan') return 'NaN';
  return match[1] === '-' ? '-INF' : 'INF';
};

/**
 * The shortest digits that read back as the same 64-bit float. JavaScript gives them too, but of two
 * equally near it takes the even one, the engine the larger.
 */
const shortestDouble = (value: number): string => {
  const shortest = value.toExponential();
  const digits = shortest.replace(/e.*$/, '').replaceAll(/[-.]/g, '').length;
  const nearest = value.toExponential(digits - 1);
  return Number(nearest) === value ? nearest : shortest;
};

/** 64-bit floats in their shortest form without exponent; `1.0E0` becomes `1`. */
export const storedDouble = (lexical: string): string | undefined => {
  if (!floatSyntax.test(lexical)) return storedNamedFloat(lexical);
  const value = Number(lexical);
  return spellFloat(value, Number.isFinite(value) ? shortestDouble(value) : '');
};

/** 32-bit floats in their shortest form without exponent. */
export const storedFloat = (lexical: string): string | undefined => {
  if (!floatSyntax.test(lexical)) return storedNamedFloat(lexical);
  const { value, scientific } = shortestFloat32(lexical);
  return spellFloat(value, scientific);
};

/** `1` becomes `true`, `0` becomes `false`. */
export const storedBoolean = (lexical: string): string | undefined => {
  if (lexical === 'true' || lexical === '1') return 'true';
  return lexical === 'false' || lexical === '0' ? 'false' : undefined;
};
