import type { Command } from 'commander';
import { IsnadError } from '../errors.ts';
import { readSettings, settingDescriptions, type SettingName, type Settings } from '../settings.ts';

/** Options that several commands share, by the setting they override. */
const settingOptions = {
  dataDir: '--data-dir <directory>',
  port: '--port <number>',
  host: '--host <address>',
  seed: '--seed <default|none>',
  baseIri: '--base-iri <iri>',
} as const satisfies Partial<Record<SettingName, string>>;

type SettingOption = keyof typeof settingOptions;

/** Adds options that override settings; their help texts and defaults are those of the settings. */
export const addSettingOptions = (command: Command, names: readonly SettingOption[]): Command => {
  for (const name of names) {
    const described = settingDescriptions().find((setting) => setting.name === name);
    command.option(
      settingOptions[name],
      `${described?.help ?? ''} (${described?.env ?? ''}, default ${described?.default ?? ''})`,
    );
  }
  return command;
};

/** The settings from the environment, overridden by what the command line said. */
export const settingsOf = (
  environment: Readonly<Record<string, string | undefined>>,
  options: Readonly<Record<string, unknown>>,
): Settings => {
  const overrides = Object.fromEntries(
    Object.keys(settingOptions).flatMap((name) => {
      const value = options[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
  return readSettings(environment, overrides);
};

/** A choice from a fixed list, or `wrong-use` naming the list. */
export const choiceOf = <Choice extends string>(
  option: string,
  value: string,
  choices: readonly Choice[],
): Choice => {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw new IsnadError('wrong-use', `${option} is "${value}"; it can be ${choices.join(', ')}.`);
};

/** A whole number in a range, or `wrong-use` naming the range. */
export const wholeNumber = (option: string, value: string, from: number, to: number): number => {
  const number = /^\d{1,12}$/.test(value) ? Number(value) : -1;
  if (number >= from && number <= to) return number;
  throw new IsnadError(
    'wrong-use',
    `${option} is "${value}"; it can be a whole number from ${from} to ${to}.`,
  );
};

/** The number of a commit, or `wrong-use`. */
export const commitNumber = (option: string, value: string, from: 0 | 1): number => {
  const number = /^\d{1,12}$/.test(value) ? Number(value) : -1;
  if (number >= from) return number;
  throw new IsnadError('wrong-use', `${option} is "${value}"; it must be the number of a commit.`);
};
