import { listOf, withoutBrackets, type Agents } from './agents.ts';
import { concept, type Node } from './graph.ts';
import { date, iri, text, year, type Value } from './turtle.ts';

/** Someone's part in an activity. */
export interface Taking {
  /** The name as the table has it. */
  readonly name: string;
  readonly agent?: Value | undefined;
  /** Concept of scheme `role`. */
  readonly role?: string | undefined;
  readonly from?: string;
  readonly to?: string;
  /** The words of the table about the part taken, where they say more than role and dates. */
  readonly note?: string | undefined;
}

const when = (cell: string | undefined): Value | undefined => {
  if (cell === undefined) return undefined;
  return cell.length === 4 ? year(cell) : date(cell);
};

/** States who took part in an activity, in the order given. */
export const addParticipations = (activity: Node, takings: readonly Taking[]): void => {
  for (const [index, taking] of takings.entries()) {
    const part = activity
      .part(`participation-${index + 1}`, 'isnad:Participation')
      .add('isnad:participant', taking.agent)
      .add('isnad:participantName', text(taking.name))
      .add('isnad:role', taking.role === undefined ? undefined : concept('role', taking.role))
      .add('isnad:startDate', when(taking.from))
      .add('isnad:endDate', when(taking.to))
      .add('skos:note', taking.note === undefined ? undefined : text(taking.note, 'en'));
    activity.add('isnad:participation', iri(part.iri));
  }
};

/** States the funders of a cell: a link where the name is one of the table, and always the name. */
export const addFunders = (activity: Node, funders: string, agents: Agents): void => {
  for (const name of listOf(funders))
    activity
      .add('isnad:funder', agents.organization(withoutBrackets(name)))
      .add('isnad:funderName', text(name));
};
