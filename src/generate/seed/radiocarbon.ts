import { listOf } from './agents.ts';
import { addSpan } from './edtf.ts';
import type { Facts, Row } from './facts.ts';
import { concept, record, recordIri, type Graph, type Node } from './graph.ts';
import { addSource, type Sourced } from './provenance.ts';
import { codexIri, corpusRows, manuscriptIri } from './subjects.ts';
import { decimal, integer, iri, text } from './turtle.ts';

/**
 * Radiocarbon as it was measured: a sample, an age before present with its error, and calibrations
 * with their intervals. A measurement is evidence for a date and no date itself. Values that a row
 * takes over from another leaf are not repeated: the row points to the measurement.
 */
type ManuscriptRow = Row<'manuscripts'>;

interface Age {
  readonly bp: number;
  readonly error: number;
}

interface Calibration {
  readonly intervals: readonly string[];
  readonly curve?: string;
  readonly note?: string;
}

interface Sample {
  readonly label: string;
  readonly age?: Age;
  readonly calibrations: readonly Calibration[];
}

/** Rows whose values were measured on the leaves of another row, and how they name its samples. */
const takenOver: Readonly<Record<string, { readonly from: string; readonly prefix: RegExp }>> = {
  ms006: { from: 'ms007', prefix: /^Birmingham leaves$/ },
  ms015: { from: 'ms014', prefix: /^Berlin,? / },
  ms021: { from: 'ms018', prefix: /^Leiden,? / },
};

/** Labels that tell of a calibration, not of a sample. */
const calibrationLabels: Readonly<
  Record<string, { readonly sample: string; readonly curve?: string; readonly note: string }>
> = {
  'IntCal20, Corpus Coranicum': { sample: '', curve: 'IntCal20', note: 'Corpus Coranicum' },
  'University of Birmingham, 2015': { sample: '', note: 'University of Birmingham, 2015' },
  'combined, OxCal 2013': { sample: 'combined', note: 'OxCal 2013' },
};

/** Samples for which the probability of the row is not stated. */
const withoutProbability = new Set(['ms017/combined']);

/** The leaf that was measured is one of another collection, known only as part of the codex. */
const measuredObjects: Readonly<Record<string, string>> = { ms030: codexIri('sanaa-1') };

/** A value that does not come from the row’s own source, as its note says. */
const otherSources: Readonly<Record<string, Sourced & { readonly note: string }>> = {
  ms030: {
    source: 'https://en.wikipedia.org/wiki/Sanaa_manuscript',
    confidence: 'medium',
    note: 'The catalogue record reports other laboratories with different, problematic results.',
  },
};

const labelled = /^(.*?)(?: \(([^()]*)\))?$/;

const readLabelled = (words: string): readonly [value: string, label: string] => {
  const [, value = '', label = ''] = labelled.exec(words) ?? [];
  return [value, label];
};

const readAge = (words: string): Age => {
  const [, bp, error] = /^(\d+)±(\d+)$/.exec(words) ?? [];
  if (bp === undefined || error === undefined) throw new Error(`“${words}” is no radiocarbon age.`);
  return { bp: Number(bp), error: Number(error) };
};

/** The samples of a row, in the order of their first mention. */
const readSamples = (row: ManuscriptRow): readonly Sample[] => {
  const ages = new Map(
    listOf(row.radiocarbon_bp).map((words) => {
      const [value, label] = readLabelled(words);
      return [label, readAge(value)] as const;
    }),
  );
  const calibrations = new Map<string, Calibration[]>();
  for (const words of listOf(row.radiocarbon_ce)) {
    const [value, label] = readLabelled(words);
    const { sample = label, ...rest } = calibrationLabels[label] ?? {};
    calibrations.set(sample, [
      ...(calibrations.get(sample) ?? []),
      { intervals: value.split(' or '), ...rest },
    ]);
  }
  const labels = new Set([...ages.keys(), ...calibrations.keys()]);
  return [...labels].map((label) => {
    const age = ages.get(label);
    return { label, calibrations: calibrations.get(label) ?? [], ...(age ? { age } : {}) };
  });
};

const keyOf = (row: ManuscriptRow, label: string): string => `${row.id}/${label || 'sample'}`;

/** IRI of the measurement that a row reports for a sample. */
export const analysisIri = (row: ManuscriptRow, label: string): string =>
  recordIri(row.cc_id === '' ? 'manuscripts-curated' : corpusRows, 'Analysis', keyOf(row, label));

/** The table has a fraction, the graph per cent: `0.954` is 95.4 %. */
const perCent = (fraction: string): string => String(Number((Number(fraction) * 100).toFixed(3)));

const addCalibration = (
  analysis: Node,
  number: number,
  calibration: Calibration,
  probability: string,
): void => {
  const node = analysis
    .part(`calibration-${number}`, 'isnad:Calibration')
    .add(
      'isnad:calibrationCurve',
      calibration.curve === undefined ? undefined : text(calibration.curve),
    )
    .add('isnad:probability', probability === '' ? undefined : decimal(perCent(probability)))
    .add('skos:note', calibration.note === undefined ? undefined : text(calibration.note, 'en'));
  analysis.add('isnad:calibration', iri(node.iri));
  for (const [index, interval] of calibration.intervals.entries()) {
    const span = analysis.part(`calibration-${number}-range-${index + 1}`, 'isnad:TimeSpan');
    addSpan(span, { cell: interval, calendar: 'gregorian' });
    node.add('isnad:calibratedRange', iri(span.iri));
  }
};

const addAnalysis = (graph: Graph, row: ManuscriptRow, sample: Sample): void => {
  const name = [row.shelfmark || row.name, sample.label].filter(Boolean).join(', ');
  const object = measuredObjects[row.id] ?? manuscriptIri(row);
  const analysis = record(graph, 'Analysis', keyOf(row, sample.label))
    .add('rdfs:label', text(`Radiocarbon, ${name}`, 'en'), text(`كربون مشعّ، ${name}`, 'ar'))
    .add('isnad:analysisKind', concept('analysis-kind', 'radiocarbon'))
    .add('isnad:analysedObject', iri(object))
    .add('isnad:sampleLabel', sample.label === '' ? undefined : text(sample.label))
    .add('isnad:radiocarbonAgeBp', sample.age && integer(sample.age.bp))
    .add('isnad:radiocarbonErrorBp', sample.age && integer(sample.age.error));
  const other = otherSources[row.id];
  analysis.add('skos:note', other && text(other.note, 'en'));
  addSource(analysis, other ?? row);
  const probability = withoutProbability.has(keyOf(row, sample.label)) ? '' : row.radiocarbon_prob;
  for (const [index, calibration] of sample.calibrations.entries())
    addCalibration(analysis, index + 1, calibration, probability);
};

const pointToMeasured = (object: Node, row: ManuscriptRow, facts: Facts): void => {
  const { from, prefix } = takenOver[row.id] ?? {};
  const measured = facts.manuscripts.find(({ id }) => id === from);
  if (!measured || !prefix) throw new Error(`${row.id}: the measured row is missing.`);
  const known = new Set(readSamples(measured).map(({ label }) => label));
  for (const { label } of readSamples(row)) {
    const own = label.replace(prefix, '');
    const sample = calibrationLabels[own]?.sample ?? own;
    if (!known.has(sample)) throw new Error(`${row.id}: ${from} has no sample “${sample}”.`);
    object.add('isnad:refersTo', iri(analysisIri(measured, sample)));
  }
};

/** Adds the measurements of a row, or the references to those it takes over. */
export const addRadiocarbon = (
  graph: Graph,
  row: ManuscriptRow,
  object: Node,
  facts: Facts,
): void => {
  if (takenOver[row.id]) pointToMeasured(object, row, facts);
  else for (const sample of readSamples(row)) addAnalysis(graph, row, sample);
};
