/** What the runner reports of one suite. */
interface SuiteReport {
  readonly total: number;
  readonly pass: number;
  readonly skip: number;
  readonly failures: readonly { readonly test: string; readonly why: string }[];
}

export type ConformanceReport = Readonly<Record<string, SuiteReport>>;

/** How many tests each suite has: one that loses some would pass for the wrong reason. */
export const suiteSizes: Readonly<Record<string, number>> = {
  's11-query': 328,
  's11-update': 157,
  's11-json': 4,
  's11-csv': 6,
  's11-protocol': 34,
  's11-gsp': 13,
  's11-sd': 3,
};

/**
 * What is not as expected: new failures, expected ones that pass, tests that were skipped, suites of another
 * size. One sentence each.
 */
export const surprises = (
  report: ConformanceReport,
  expected: Readonly<Record<string, string>>,
): string[] => {
  const failures = Object.values(report).flatMap((suite) => suite.failures);
  const failed = new Set(failures.map(({ test }) => test));
  const sizes = Object.entries(suiteSizes).flatMap(([suite, size]) => {
    const { total = 0, skip = 0 } = report[suite] ?? {};
    if (total !== size) return [`${suite} has ${total} tests, not ${size}.`];
    return skip === 0 ? [] : [`${suite}: ${skip} tests were skipped.`];
  });
  return [
    ...sizes,
    ...failures
      .filter(({ test }) => !Object.hasOwn(expected, test))
      .map(({ test, why }) => `${test} fails: ${why}`),
    ...Object.keys(expected)
      .filter((test) => !failed.has(test))
      .map((test) => `${test} passes now: take it off the list of expected failures.`),
  ];
};
