import type { Iris } from '../../model/iris.ts';
import { isnad, prov, rdf, rdfs, xsd } from '../../model/terms.ts';
import { quadLine } from '../../rdf/nquads.ts';
import {
  booleanLiteral,
  integerLiteral,
  literal,
  namedNode,
  quad,
  typedLiteral,
  type Literal,
  type NamedNode,
} from '../../rdf/terms.ts';
import type { CommitDetails, CommitRecord, DeliveredFile } from '../store.ts';

/** A node's IRI and its properties; a property whose value is absent is left out. */
interface Description {
  readonly node: string;
  readonly properties: readonly Property[];
}
type Property = readonly [property: string, value: NamedNode | Literal | undefined];

/**
 * What the read-only graph `provenance` says of one commit, as PROV-O, in canonical N-Quads lines
 * without line breaks. A pure function of the commit, so every engine adds the same.
 */
export const provenanceLines = (record: CommitRecord, iris: Iris): string[] => {
  const graph = namedNode(iris.provenance);
  const lines = describeCommit(record, iris).flatMap(({ node, properties }) =>
    properties.flatMap(([property, value]) =>
      value === undefined
        ? []
        : [quadLine(quad(namedNode(node), namedNode(property), value, graph))],
    ),
  );
  return [...new Set(lines)];
};

const describeCommit = (record: CommitRecord, iris: Iris): Description[] => {
  const { actor, details = {} } = record.description;
  const commit = iris.commit(record.sequence);
  const agent = `${iris.provenance}#agent-${fragment(actor)}`;
  const files = (details.files ?? []).map((file, index) =>
    fileNode(`${commit}#file-${index + 1}`, file),
  );
  const changes = record.graphs.map((change, index) =>
    changeNode(`${commit}#graph-${index + 1}`, change),
  );
  const counts = Object.entries(details.counts ?? {}).map(([name, count]) =>
    countNode(commit, name, count),
  );
  const plan = planNode(details, iris);
  return [
    {
      node: commit,
      properties: [
        ...commitProperties(record, iris),
        [prov.wasAssociatedWith, namedNode(agent)],
        [prov.qualifiedAssociation, namedNode(`${commit}#association`)],
        ...linksTo(isnad.deliveredFile, files),
        ...linksTo(prov.used, files),
        ...linksTo(isnad.graphChange, changes),
        ...linksTo(isnad.count, counts),
      ],
    },
    {
      node: agent,
      properties: [
        [rdf.type, namedNode(prov.Agent)],
        [rdfs.label, literal(actor)],
      ],
    },
    // The mapping is the plan of an association: prov:hadPlan never belongs to the activity itself.
    {
      node: `${commit}#association`,
      properties: [
        [rdf.type, namedNode(prov.Association)],
        [prov.agent, namedNode(agent)],
        ...linksTo(prov.hadPlan, plan),
      ],
    },
    ...plan,
    ...files,
    ...changes,
    ...counts,
  ];
};

const commitProperties = (record: CommitRecord, iris: Iris): Property[] => {
  const { activity, actor, message, details = {} } = record.description;
  const { dataset } = details;
  const written = record.graphs.filter(({ graph, dropped }) => graph !== '' && !dropped);
  return [
    [rdf.type, namedNode(prov.Activity)],
    [rdf.type, namedNode(isnad.Commit)],
    [isnad.commitSequence, integerLiteral(record.sequence)],
    [isnad.commitHash, literal(record.hash)],
    [isnad.commitActivity, literal(activity)],
    [isnad.commitMessage, literal(message)],
    [isnad.actor, literal(actor)],
    [isnad.recordedAt, dateTime(record.recordedAt)],
    [prov.endedAtTime, dateTime(record.recordedAt)],
    [isnad.intoDataset, dataset === undefined ? undefined : namedNode(iris.dataset(dataset))],
    ...mappingProperties(details),
    ...written.map(({ graph }): Property => [prov.generated, namedNode(graph)]),
  ];
};

const linksTo = (property: string, descriptions: readonly Description[]): Property[] =>
  descriptions.map(({ node }) => [property, namedNode(node)]);

const mappingProperties = ({ mapping, mappingVersion }: CommitDetails): Property[] => [
  [isnad.mapping, mapping === undefined ? undefined : literal(mapping)],
  [isnad.mappingVersion, mappingVersion === undefined ? undefined : literal(mappingVersion)],
];

const planNode = (details: CommitDetails, iris: Iris): Description[] => {
  if (details.mapping === undefined) return [];
  const name = [details.mapping, details.mappingVersion ?? ''].map(fragment).join('-');
  const properties: Property[] = [[rdf.type, namedNode(prov.Plan)], ...mappingProperties(details)];
  return [{ node: `${iris.provenance}#mapping-${name}`, properties }];
};

const fileNode = (node: string, file: DeliveredFile): Description => ({
  node,
  properties: [
    [rdf.type, namedNode(prov.Entity)],
    [rdf.type, namedNode(isnad.DeliveredFile)],
    [isnad.fileName, literal(file.name)],
    [isnad.fileBytes, integerLiteral(file.bytes)],
    [isnad.sha256, literal(file.sha256)],
  ],
});

const changeNode = (node: string, change: CommitRecord['graphs'][number]): Description => ({
  node,
  properties: [
    [rdf.type, namedNode(isnad.GraphChange)],
    [isnad.changedGraph, change.graph === '' ? undefined : namedNode(change.graph)],
    [isnad.quadsAdded, integerLiteral(change.addedQuads)],
    [isnad.quadsRemoved, integerLiteral(change.removedQuads)],
    [isnad.graphCreated, change.created ? booleanLiteral(true) : undefined],
    [isnad.graphDropped, change.dropped ? booleanLiteral(true) : undefined],
  ],
});

const countNode = (commit: string, name: string, count: number): Description => ({
  node: `${commit}#count-${fragment(name)}`,
  properties: [
    [rdf.type, namedNode(isnad.Count)],
    [rdfs.label, literal(name)],
    [rdf.value, integerLiteral(count)],
  ],
});

/** A time as the engine stores it: no zeros at the end of the fraction. */
const dateTime = (iso: string): Literal =>
  typedLiteral(iso.replace(/(\.\d*?)0+Z$/, '$1Z').replace('.Z', 'Z'), xsd.dateTime);

/** A name as the last part of an IRI. */
const fragment = (name: string): string => encodeURIComponent(name.toWellFormed());
