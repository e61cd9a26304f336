import { Command, CommanderError } from 'commander';
import { errorCatalogue, isIsnadError } from '../errors.ts';
import type { Composition } from './composition.ts';
import { backupCommand } from './commands/backup.ts';
import { diffCommand } from './commands/diff.ts';
import { exportCommand } from './commands/export.ts';
import { importCommand } from './commands/import.ts';
import { logCommand } from './commands/log.ts';
import { queryCommand } from './commands/query.ts';
import { rebuildCommand } from './commands/rebuild.ts';
import { redactCommand } from './commands/redact.ts';
import { restoreCommand } from './commands/restore.ts';
import { serveCommand } from './commands/serve.ts';
import { showCommand } from './commands/show.ts';
import { statsCommand } from './commands/stats.ts';
import { tokenCommand } from './commands/token.ts';
import { undoCommand } from './commands/undo.ts';
import { validateCommand } from './commands/validate.ts';
import { verifyCommand } from './commands/verify.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { tell } from './terminal.ts';

/** Every command, in the order the help shows them; `docs/cli.md` lists the same ones. */
export const commands = [
  serveCommand,
  importCommand,
  validateCommand,
  queryCommand,
  exportCommand,
  statsCommand,
  logCommand,
  showCommand,
  diffCommand,
  undoCommand,
  redactCommand,
  tokenCommand,
  backupCommand,
  restoreCommand,
  verifyCommand,
  rebuildCommand,
] as const;

/** The command line as a program; nothing runs before `runProgram`. */
export const createProgram = (composition: Composition): Command => {
  const program = new Command('isnad')
    .description('A linked-data knowledge graph of Qur’anic heritage.')
    .addHelpText('after', '\nExit codes: 0 done, 1 findings or failure, 2 wrong use.')
    .exitOverride();
  for (const create of commands) program.addCommand(create(composition).exitOverride());
  return program;
};

/**
 * Runs the command that `words` name and resolves with the exit code.
 *
 * @param words the arguments after the program's name
 */
export const runProgram = async (
  composition: Composition,
  words: readonly string[],
): Promise<number> => {
  try {
    await createProgram(composition).parseAsync(words, { from: 'user' });
    return Number(process.exitCode ?? exitCodes.done);
  } catch (error) {
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUse;
    explain(error);
    return exitCodeOf(error);
  }
};

/** Says what went wrong, where, and what to do; a stack only for errors that are not of the catalogue. */
const explain = (error: unknown): void => {
  if (!isIsnadError(error)) {
    tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return;
  }
  const { file, line, column } = error.position ?? {};
  const place = [
    file,
    line === undefined ? undefined : `line ${line}`,
    column && `column ${column}`,
  ]
    .filter((part) => part !== undefined && part !== 0)
    .join(', ');
  tell(`${error.code}: ${error.message}${place === '' ? '' : ` (${place})`}`);
  tell(errorCatalogue[error.code].action);
};
