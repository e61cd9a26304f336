import type { NodeCoverage, Severity, ValidationFinding } from '../stages/validate.ts';
import { rdf, sh } from '../../model/terms.ts';
import {
  blankNode,
  booleanLiteral,
  literal,
  namedNode,
  quad,
  type Quad,
  type QuadObject,
} from '../../rdf/terms.ts';

/** How many findings there are of each severity. */
type SeverityCounts = Readonly<Record<Severity, number>>;

/** What was found in one document or batch. */
export interface ValidationReport {
  /** Whether it may be imported: no violation. Warnings do not block. */
  readonly accepted: boolean;
  readonly quads: number;
  readonly nodes: NodeCoverage;
  readonly counts: SeverityCounts;
  readonly findings: readonly ValidationFinding[];
}

/** Counts findings by severity and says whether they block. */
export const summarise = (
  quads: number,
  nodes: NodeCoverage,
  findings: readonly ValidationFinding[],
): ValidationReport => {
  const counts = { violation: 0, warning: 0, info: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return { accepted: counts.violation === 0, quads, nodes, counts, findings };
};

/** All findings of one constraint of one shape. */
interface FindingGroup {
  readonly first: ValidationFinding;
  readonly findings: readonly ValidationFinding[];
}

const severityOrder: readonly Severity[] = ['violation', 'warning', 'info'];

/** Findings by shape and constraint; violations first, then the most frequent first. */
const groupByShape = (findings: readonly ValidationFinding[]): readonly FindingGroup[] =>
  [...Map.groupBy(findings, ({ shape, constraint }) => `${shape} ${constraint}`).values()]
    .flatMap(([first, ...rest]) => (first ? { first, findings: [first, ...rest] } : []))
    .toSorted(
      (a, b) =>
        severityOrder.indexOf(a.first.severity) - severityOrder.indexOf(b.first.severity) ||
        b.findings.length - a.findings.length,
    );

const plural = (count: number, noun: string): string =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;

/** What a node has at fault; nothing when it is the node itself, as in rules about several properties. */
const faultText = ({ focusNode, value }: ValidationFinding): string => {
  if (value === undefined) return ': no value';
  if (value.termType === 'Literal') return `: ${JSON.stringify(value.value)}`;
  return value.value === focusNode ? '' : `: <${value.value}>`;
};

/** What was checked; that something was not is said, lest an empty report be taken for praise. */
const coverageText = ({ quads, nodes }: ValidationReport): string => {
  const checked = `${plural(nodes.checked, 'node')} checked, in ${plural(quads, 'statement')}.`;
  return nodes.unchecked === 0
    ? checked
    : `${checked} Not checked: ${plural(nodes.unchecked, 'node')} without a type that the shapes know.`;
};

const examplesMax = 10;

const groupText = ({ first, findings }: FindingGroup): readonly string[] => {
  const left = findings.length - examplesMax;
  return [
    '',
    `${first.severity.toUpperCase()}: ${first.shapeName.en} (${findings.length.toLocaleString('en')})`,
    `  ${first.messages.en}`,
    `  ${first.messages.ar}`,
    `  Shape ${first.shape}; expected ${first.expected}.`,
    ...findings
      .slice(0, examplesMax)
      .map((finding) => `    <${finding.focusNode}>${faultText(finding)}`),
    ...(left > 0 ? [`    … and ${left.toLocaleString('en')} more; --json lists them all.`] : []),
  ];
};

/**
 * The report for people: counts, what was checked, then each shape that was not met with its message in English and
 * Arabic and the first ten nodes. What is left out is counted.
 */
export const reportAsText = (summary: ValidationReport): string => {
  const { counts } = summary;
  const verdict = summary.accepted ? 'Accepted' : 'Not accepted';
  return [
    `${verdict}: ${plural(counts.violation, 'violation')}, ${plural(counts.warning, 'warning')}, ` +
      `${plural(counts.info, 'remark')}.`,
    coverageText(summary),
    ...groupByShape(summary.findings).flatMap(groupText),
    '',
  ].join('\n');
};

const valueAsJson = (value: QuadObject | undefined): object | null => {
  if (value === undefined) return null;
  if (value.termType !== 'Literal') return { iri: value.value };
  return value.language === ''
    ? { text: value.value, datatype: value.datatype.value }
    : { text: value.value, language: value.language };
};

/** The report for programs: `accepted`, `quads`, `nodes`, `counts`, and every finding. */
export const reportAsJson = (summary: ValidationReport): object => ({
  ...summary,
  findings: summary.findings.map((finding) => ({
    ...finding,
    path: finding.path ?? null,
    value: valueAsJson(finding.value),
  })),
});

const severityIris: Readonly<Record<Severity, string>> = {
  violation: sh.Violation,
  warning: sh.Warning,
  info: sh.Info,
};

const nodeOf = (name: string): Quad['subject'] =>
  name.startsWith('_:') ? blankNode(name.slice(2)) : namedNode(name);

const findingQuads = (
  report: Quad['subject'],
  finding: ValidationFinding,
  index: number,
): readonly Quad[] => {
  const node = blankNode(`result${index + 1}`);
  const say = (property: string, value: Quad['object']): Quad =>
    quad(node, namedNode(property), value);
  return [
    quad(report, namedNode(sh.result), node),
    say(rdf.type, namedNode(sh.ValidationResult)),
    say(sh.resultSeverity, namedNode(severityIris[finding.severity])),
    say(sh.focusNode, nodeOf(finding.focusNode)),
    ...(finding.path === undefined ? [] : [say(sh.resultPath, namedNode(finding.path))]),
    ...(finding.value === undefined ? [] : [say(sh.value, finding.value)]),
    say(sh.sourceConstraintComponent, namedNode(finding.constraint)),
    say(sh.sourceShape, namedNode(finding.shape)),
    say(sh.resultMessage, literal(finding.messages.en, 'en')),
    say(sh.resultMessage, literal(finding.messages.ar, 'ar')),
  ];
};

/**
 * The report as a `sh:ValidationReport` (SHACL §3.6). As the standard asks, it conforms only when
 * there is no finding at all, not even a warning.
 */
export const reportAsQuads = ({ findings }: ValidationReport): readonly Quad[] => {
  const report = blankNode('report');
  return [
    quad(report, namedNode(rdf.type), namedNode(sh.ValidationReport)),
    quad(report, namedNode(sh.conforms), booleanLiteral(findings.length === 0)),
    ...findings.flatMap((finding, index) => findingQuads(report, finding, index)),
  ];
};
