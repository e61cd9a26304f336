import { prefixes, sh } from '../../model/terms.ts';

type Arguments = Readonly<Record<string, unknown>>;

/** `xsd:date` for the IRI of that name; an IRI of no known namespace as it is. */
const shortName = (iri: string): string => {
  const found = Object.entries(prefixes).find(([, namespace]) => iri.startsWith(namespace));
  return found ? `${found[0]}:${iri.slice(found[1].length)}` : iri;
};

/** One argument of a constraint as text: terms by their short name. */
const argument = (args: Arguments, name: string): string => {
  const value = args[name];
  if (typeof value === 'object' && value !== null && 'value' in value) {
    return shortName(String(value.value));
  }
  return String(value);
};

const values = (count: string): string => (count === '1' ? '1 value' : `${count} values`);

const phrases: Readonly<Record<string, (read: (name: string) => string) => string>> = {
  [sh.MinCountConstraintComponent]: (read) => `at least ${values(read('minCount'))}`,
  [sh.MaxCountConstraintComponent]: (read) => `at most ${values(read('maxCount'))}`,
  [sh.DatatypeConstraintComponent]: (read) => `a well-formed ${read('datatype')}`,
  [sh.NodeKindConstraintComponent]: (read) => `a value of kind ${read('nodeKind')}`,
  [sh.PatternConstraintComponent]: (read) => `text that matches ${read('pattern')}`,
  [sh.MinLengthConstraintComponent]: (read) => `at least ${read('minLength')} characters`,
  [sh.MaxLengthConstraintComponent]: (read) => `at most ${read('maxLength')} characters`,
  [sh.MinInclusiveConstraintComponent]: (read) => `${read('minInclusive')} or more`,
  [sh.MaxInclusiveConstraintComponent]: (read) => `${read('maxInclusive')} or less`,
  [sh.MinExclusiveConstraintComponent]: (read) => `more than ${read('minExclusive')}`,
  [sh.MaxExclusiveConstraintComponent]: (read) => `less than ${read('maxExclusive')}`,
  [sh.LessThanOrEqualsConstraintComponent]: (read) =>
    `no more than the value of ${read('lessThanOrEquals')}`,
  [sh.LessThanConstraintComponent]: (read) => `less than the value of ${read('lessThan')}`,
  [sh.ClassConstraintComponent]: () => 'a node of the class named, described in the same record',
  [sh.InConstraintComponent]: (read) => `one of ${read('in')}`,
  [sh.HasValueConstraintComponent]: (read) => `the value ${read('hasValue')}`,
  [sh.LanguageInConstraintComponent]: (read) => `text in one of ${read('languageIn')}`,
  [sh.UniqueLangConstraintComponent]: () => 'one text in each language',
  [sh.OrConstraintComponent]: () => 'one of the alternatives named',
  [sh.XoneConstraintComponent]: () => 'exactly one of the alternatives named',
  [sh.NotConstraintComponent]: () => 'nothing of the kind',
};

/** The constraint components that the shapes may use: those that can be put into words. */
export const knownConstraints: readonly string[] = Object.keys(phrases);

/**
 * What one constraint asks for, in words: `a well-formed xsd:date`, `6236 or less`.
 *
 * @param constraint IRI of the constraint component
 * @param args its parameters with their values, as terms or plain values
 */
export const describeExpectation = (constraint: string, args: Arguments): string =>
  phrases[constraint]?.((name) => argument(args, name)) ?? constraint;
