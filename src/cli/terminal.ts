/** Removes C0 and C1 control characters but tab and newline, so that data cannot drive a terminal. */
export const printable = (text: string): string =>
  // oxlint-disable-next-line no-control-regex -- control characters are what this removes
  text.replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '�');

/** Writes one line to standard output. */
export const say = (line: string): void => {
  process.stdout.write(`${printable(line)}\n`);
};

/**
 * Ends the process without a word when who reads the answer has seen enough, as `head` does. What was
 * to be committed is committed before the answer is written.
 */
export const endWhenNobodyReads = (output: NodeJS.WriteStream): void => {
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
};

/** Writes one line to standard error, where everything that is not the answer goes. */
export const tell = (line: string): void => {
  process.stderr.write(`${printable(line)}\n`);
};

export interface ProgressLine {
  /** Shows how far the work is; `total` 0 means not known yet. */
  readonly show: (stage: string, done: number, total: number) => void;
  /** Ends the line so that the next output starts fresh. */
  readonly end: () => void;
}

const barWidth = 28;
const redrawMs = 80;

const barOf = (done: number, total: number): string => {
  const filled = total === 0 ? 0 : Math.min(barWidth, Math.round((done / total) * barWidth));
  return '█'.repeat(filled) + '░'.repeat(barWidth - filled);
};

/**
 * A progress line on standard error, drawn only when a terminal watches it.
 *
 * @param stream where to draw; tests give their own
 */
export const createProgressLine = (
  stream: Pick<NodeJS.WriteStream, 'write' | 'isTTY'> = process.stderr,
): ProgressLine => {
  if (!stream.isTTY) return { show: () => undefined, end: () => undefined };
  let drawnAt = 0;
  let stageShown = '';
  return {
    show: (stage, done, total) => {
      const now = Date.now();
      const finished = total > 0 && done >= total;
      if (now - drawnAt < redrawMs && !finished && stage === stageShown) return;
      if (stageShown !== '' && stage !== stageShown) stream.write('\n');
      drawnAt = now;
      stageShown = stage;
      const numbers = total === 0 ? `${done}` : `${done} of ${total}`;
      stream.write(`\r\u001B[2K${stage.padEnd(9)} ${barOf(done, total)} ${numbers}`);
    },
    end: () => {
      if (stageShown !== '') stream.write('\n');
      stageShown = '';
    },
  };
};

/** Code points, which is close enough to columns for labels in Latin and Arabic letters. */
const widthOf = (cell = ''): number => Array.from(cell).length;

/** Lays rows out in columns; the first row is the header. Widths count code points. */
export const textTable = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column]))),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
      .join('  ')
      .trimEnd();
  const [header, ...body] = rows;
  if (header === undefined) return '';
  return [
    line(header),
    widths.map((width) => '─'.repeat(width)).join('  '),
    ...body.map(line),
  ].join('\n');
};
