/**
 * `npm run generate -- NAME`: rewrites checked-in files from their sources. Each generator is loaded
 * only when it is asked for.
 */
const generators: Readonly<Record<string, () => Promise<void>>> = {
  terms: async () => (await import('./terms.ts')).generateTerms(),
  quran: async () => (await import('./quran.ts')).generateQuran(),
  seed: async () => (await import('./seed/main.ts')).generateSeed(),
};

const names = process.argv.slice(2);
const unknown = names.filter((name) => !Object.hasOwn(generators, name));
if (names.length === 0 || unknown.length > 0) {
  const reason = unknown.length > 0 ? `There is no generator ${unknown.join(', ')}. ` : '';
  console.error(`${reason}Usage: npm run generate -- ${Object.keys(generators).join(' | ')}`);
  process.exitCode = 2;
} else {
  for (const name of names) await generators[name]?.();
}
