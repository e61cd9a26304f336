/**
 * 32-bit floats, which JavaScript can neither read nor write directly: reading through a 64-bit float
 * rounds twice, and its shortest spelling is that of 64 bits.
 */
const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The next 32-bit float towards positive (`1`) or negative (`-1`) infinity, of a positive one. */
const neighbour = (value: number, direction: 1 | -1): number => {
  float[0] = value;
  bits[0] = (bits[0] ?? 0) + direction;
  return float[0];
};

/** A decimal as an integer mantissa and a power of ten. */
const exactDecimal = (lexical: string): readonly [bigint, number] => {
  const [mantissa = '', exponent = '0'] = lexical.toLowerCase().replace(/^[+-]/, '').split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return [BigInt(whole + fraction || '0'), Number(exponent) - fraction.length];
};

/** Sign of `lexical` − `value`, computed exactly; `value` is a positive 64-bit float. */
const compareExactly = (lexical: string, value: number): number => {
  const [digits, exponent] = exactDecimal(lexical);
  const [valueDigits, valueExponent] = exactDecimal(exactSpelling(value));
  const low = Math.min(exponent, valueExponent);
  const left = digits * 10n ** BigInt(exponent - low);
  const right = valueDigits * 10n ** BigInt(valueExponent - low);
  if (left === right) return 0;
  return left < right ? -1 : 1;
};

/** All decimal digits of a float between two neighbouring 32-bit floats (149 binary places or less). */
const exactSpelling = (value: number): string => {
  let scaled = value;
  let places = 0;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    places += 1;
  }
  return `${BigInt(scaled) * 5n ** BigInt(places)}e-${places}`;
};

/** Reads a number as a 32-bit float, rounding once, half to even. */
const readFloat32 = (lexical: string): number => {
  const double = Math.abs(Number(lexical));
  const rounded = Math.fround(double);
  const sign = lexical.startsWith('-') ? -1 : 1;
  if (rounded === double || double === Infinity || double === 0) return sign * rounded;
  const other = neighbour(rounded === Infinity ? 3.402_823_466_385_288_6e38 : rounded, 1);
  const [low, high] =
    rounded < double
      ? [rounded, other]
      : [rounded === Infinity ? rounded : neighbour(rounded, -1), rounded];
  // Only a 64-bit value exactly half way between two floats can have been rounded the wrong way.
  if (high === Infinity || double - low !== high - double) return sign * rounded;
  const side = compareExactly(lexical, double);
  if (side === 0) return sign * rounded;
  return sign * (side < 0 ? low : high);
};

const roundTrips = (candidate: string, value: number): boolean => readFloat32(candidate) === value;

/** The spellings of `digits` significant digits next to `value`, the nearest first. */
const candidates = (value: number, digits: number): string[] => {
  const nearest = value.toExponential(digits - 1);
  const [mantissa = '', exponent = '0'] = nearest.split('e');
  const whole = BigInt(mantissa.replace('.', ''));
  const scale = Number(exponent) - digits + 1;
  return [nearest, `${whole + 1n}e${scale}`, `${whole - 1n}e${scale}`];
};

/** Reads a 32-bit float and gives it with its shortest decimal spelling (`d.ddde±x`). */
export const shortestFloat32 = (lexical: string): { value: number; scientific: string } => {
  const value = readFloat32(lexical);
  const magnitude = Math.abs(value);
  if (magnitude === 0 || magnitude === Infinity) return { value, scientific: String(value) };
  for (let digits = 1; digits <= 9; digits += 1) {
    const found = candidates(magnitude, digits).find((each) => roundTrips(each, magnitude));
    if (found !== undefined) {
      const scientific = Number(found).toExponential();
      return { value, scientific: value < 0 ? `-${scientific}` : scientific };
    }
  }
  return { value, scientific: value.toExponential() };
};
