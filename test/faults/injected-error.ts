/** What a file operation throws that a proof lets fail. */
export class InjectedError extends Error {
  readonly code: string;
  constructor(code: string, op: string, file: string) {
    super(`${code}: injected at ${op} of ${file}`);
    this.code = code;
  }
}
