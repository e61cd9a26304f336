import { Generator } from '@traqula/generator-sparql-1-1';
import type { ModifyOperation, QuadTemplate, TemplateTerm } from '../../store/update-operations.ts';
import { onceTexts } from '../once/rewrite.ts';
import { parseSparql, type Query } from '../parser.ts';
import { walk } from '../syntax-tree.ts';
import type { Context } from './names.ts';
import type { WrittenQuads } from './templates.ts';

type Select = Extract<Query, { subType: 'select' }>;
export type Where = Select['where'];
type Column = Exclude<Select['variables'][number], { type: 'wildcard' }>;

const generator = new Generator();

/** A query whose parts are put in the place of others; parsed once. */
let frames: { readonly columns: Select; readonly constant: Select } | undefined;
const frame = (kind: 'columns' | 'constant'): Select => {
  frames ??= { columns: parseSelect('SELECT ?v {}'), constant: parseSelect('SELECT (1 AS ?v) {}') };
  return structuredClone(frames[kind]);
};

const parseSelect = (text: string): Select => {
  const parsed = parseSparql(text, '', []);
  if (parsed.type === 'query' && parsed.subType === 'select') return parsed;
  throw new TypeError('This is no SELECT.');
};

const termsOf = ({ subject, predicate, object, graph }: QuadTemplate): TemplateTerm[] =>
  graph ? [subject, predicate, object, graph] : [subject, predicate, object];

const variablesOf = (templates: readonly QuadTemplate[]): string[] => {
  const names = templates
    .flatMap(termsOf)
    .flatMap((term) => (term.kind === 'variable' ? [term.name] : []));
  return [...new Set(names)];
};

/** A name that no variable of the WHERE has. */
const freshName = (where: Where): string => {
  const taken = new Set<unknown>();
  for (const { type, subType, value } of walk(where))
    if (type === 'term' && subType === 'variable') taken.add(value);
  let count = 0;
  while (taken.has(`v${count}`)) count += 1;
  return `v${count}`;
};

const isColumn = (each: Select['variables'][number]): each is Column => each.type !== 'wildcard';

/** A column of that name: a variable's, or one with a constant in it. */
const columnOf = (kind: 'columns' | 'constant', name: string): Column[] => {
  const columns = [...frame(kind).variables].filter(isColumn);
  for (const node of walk(columns))
    if (node.subType === 'variable') Object.assign(node, { value: name });
  return columns;
};

/** SELECT must have a column, also where only the number of solutions counts. */
const columnsFor = (variables: readonly string[], where: Where): Column[] =>
  variables.length === 0
    ? columnOf('constant', freshName(where))
    : variables.flatMap((name) => columnOf('columns', name));

/**
 * The WHERE of an update as a SELECT of the variables its templates use. Solutions that would do the same
 * are left out, except where each mints blank nodes of its own.
 *
 * @param context the prologues that hold at the operation
 */
export const selectFor = (
  where: Where,
  context: Context,
  templates: readonly QuadTemplate[],
): Pick<ModifyOperation, 'select' | 'once'> => {
  const mints = templates.some((each) => termsOf(each).some(({ kind }) => kind === 'blank'));
  const variables = variablesOf(templates);
  const query: Select = {
    ...frame('columns'),
    context,
    where,
    variables: columnsFor(variables, where),
    ...(mints ? {} : { distinct: true as const }),
  };
  const once = onceTexts(query);
  return { select: generator.generate(query), ...(once ? { once } : {}) };
};

/** The pattern of DELETE WHERE: what is to be deleted is what must be found. */
export const patternOf = (quads: WrittenQuads): Where => {
  const { where } = frame('columns');
  const patterns = quads.map((part) => {
    if (part.type !== 'graph') return part;
    const { graph, triples, loc } = part;
    return {
      type: 'pattern' as const,
      subType: 'graph' as const,
      name: graph,
      patterns: [triples],
      loc,
    };
  });
  return { ...where, patterns };
};
