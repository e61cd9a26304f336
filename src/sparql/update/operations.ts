import { IsnadError } from '../../errors.ts';
import { isStorableIri } from '../../rdf/stored-form/names.ts';
import type {
  GraphTarget,
  ModifyOperation,
  TemplateTerm,
  UpdateOperation,
} from '../../store/update-operations.ts';
import type { Update } from '../parser.ts';
import type { Context, Names } from './names.ts';
import { quadTemplates } from './templates.ts';
import { patternOf, selectFor } from './where.ts';

type Operation = NonNullable<Update['updates'][number]['operation']>;
type Written<SubType extends Operation['subType']> = Extract<Operation, { subType: SubType }>;

/** Names of graphs that make up a dataset. */
export interface Graphs {
  readonly default: readonly string[];
  readonly named: readonly string[];
}

/** What holds around an operation. */
export interface Surroundings {
  readonly names: Names;
  /** The prologues up to the operation. */
  readonly context: Context;
  /** The dataset the protocol names, which no USING or WITH may stand beside. */
  readonly using: Graphs | undefined;
}

type WrittenIri = Parameters<Names['iri']>[0];

const graphName = (iri: WrittenIri, { names }: Surroundings): string => {
  const name = names.iri(iri);
  if (isStorableIri(name)) return name;
  throw new IsnadError('rdf-syntax', `<${name}> is not an absolute IRI.`);
};

type GraphReference = Written<'clear'>['destination'];
const targetOf = (reference: GraphReference, around: Surroundings): GraphTarget => {
  if (reference.subType === 'named' || reference.subType === 'all')
    return { every: reference.subType };
  return { graph: referenceName(reference, around) };
};

const referenceName = (
  reference: Exclude<GraphReference, { subType: 'named' | 'all' }>,
  around: Surroundings,
): string => (reference.subType === 'default' ? '' : graphName(reference.graph, around));

const usingOf = (operation: Written<'modify'>, around: Surroundings): ModifyOperation['using'] => {
  const { clauses } = operation.from;
  if (!around.using) {
    if (clauses.length === 0) return undefined;
    const named = (type: 'default' | 'named'): string[] =>
      clauses
        .filter((each) => each.clauseType === type)
        .map(({ value }) => graphName(value, around));
    return { default: named('default'), named: named('named') };
  }
  // SPARQL 1.1 Protocol, 2.2.3: a request that names its dataset twice is refused.
  if (clauses.length > 0 || operation.graph)
    throw new IsnadError(
      'invalid-parameter',
      'using-graph-uri and using-named-graph-uri cannot stand beside USING or WITH.',
    );
  return around.using;
};

const planModify = (operation: Written<'modify'>, around: Surroundings): ModifyOperation => {
  const { names, context } = around;
  const into = operation.graph && graphName(operation.graph, around);
  const graph: TemplateTerm | undefined =
    into === undefined ? undefined : { kind: 'fixed', text: `<${into}>` };
  const deleted = quadTemplates(operation.delete, names, graph);
  const inserted = quadTemplates(operation.insert, names, graph);
  return {
    kind: 'modify',
    ...selectFor(operation.where, context, [...deleted, ...inserted]),
    with: into,
    using: usingOf(operation, around),
    delete: deleted,
    insert: inserted,
  };
};

const planDeleteWhere = (
  { data }: Written<'deletewhere'>,
  { names, context, using }: Surroundings,
): ModifyOperation => {
  const deleted = quadTemplates(data, names);
  const select = selectFor(patternOf(data), context, deleted);
  return { kind: 'modify', ...select, with: undefined, using, delete: deleted, insert: [] };
};

const planEmpty = (
  { subType, destination, silent }: Written<'clear'> | Written<'drop'>,
  around: Surroundings,
): UpdateOperation => ({ kind: subType, target: targetOf(destination, around), silent });

const planTransfer = (
  { subType, source, destination, silent }: Written<'add'> | Written<'copy'> | Written<'move'>,
  around: Surroundings,
): UpdateOperation => ({
  kind: subType,
  from: referenceName(source, around),
  to: referenceName(destination, around),
  silent,
});

type Planned = Exclude<Operation, { subType: 'load' }>;
/** A plan for each kind of operation. */
const plans: {
  readonly [SubType in Planned['subType']]: (
    operation: Written<SubType>,
    around: Surroundings,
  ) => UpdateOperation;
} = {
  insertdata: ({ data }, { names }) => ({ kind: 'insert-data', quads: quadTemplates(data, names) }),
  deletedata: ({ data }, { names }) => ({ kind: 'delete-data', quads: quadTemplates(data, names) }),
  deletewhere: planDeleteWhere,
  modify: planModify,
  create: ({ destination, silent }, around) => ({
    kind: 'create',
    graph: graphName(destination.graph, around),
    silent,
  }),
  clear: planEmpty,
  drop: planEmpty,
  add: planTransfer,
  copy: planTransfer,
  move: planTransfer,
};

/**
 * One operation as the store takes it.
 *
 * @throws IsnadError `query-syntax`, `rdf-syntax`, `invalid-parameter`
 */
export const planOperation = (operation: Planned, around: Surroundings): UpdateOperation => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table pairs the two
  const plan = plans[operation.subType] as (
    each: Planned,
    surroundings: Surroundings,
  ) => UpdateOperation;
  return plan(operation, around);
};
