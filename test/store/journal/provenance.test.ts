import { describe, expect, it } from 'vitest';
import { createIris } from '../../../src/model/iris.ts';
import { isnad, prov, rdf } from '../../../src/model/terms.ts';
import { provenanceLines } from '../../../src/store/journal/provenance.ts';
import type { CommitRecord } from '../../../src/store/store.ts';
import { base, content, openEmbedded, readLines, rows, temporaryDirectory } from '../support.ts';

const iris = createIris(base);
const record: CommitRecord = {
  sequence: 7,
  hash: 'c0ffee',
  recordedAt: '2026-11-23T10:20:30.120Z',
  description: {
    activity: 'import',
    actor: 'operator ق',
    message: 'First "delivery"\n',
    details: {
      dataset: 'corpus',
      mapping: 'tei',
      mappingVersion: '1.2',
      files: [{ name: 'a b.xml', sha256: 'ab12', bytes: 34 }],
      counts: { pages: 5 },
    },
  },
  graphs: [
    {
      graph: `${base}dataset/corpus`,
      addedQuads: 9,
      removedQuads: 1,
      created: true,
      dropped: false,
    },
    { graph: '', addedQuads: 1, removedQuads: 0, created: false, dropped: false },
    { graph: 'a:gone', addedQuads: 0, removedQuads: 3, created: false, dropped: true },
  ],
};
const lines = provenanceLines(record, iris);
const commit = `<${base}commits/7>`;
const line = (...terms: readonly string[]): string => `${terms.join(' ')} <${base}provenance> .`;

describe('the provenance of a commit', () => {
  it('says when, who, why and what became of it', () => {
    expect(lines).toEqual(
      expect.arrayContaining([
        line(commit, `<${rdf.type}>`, `<${prov.Activity}>`),
        line(
          commit,
          `<${prov.endedAtTime}>`,
          '"2026-11-23T10:20:30.12Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>',
        ),
        line(commit, `<${isnad.commitMessage}>`, String.raw`"First \"delivery\"\n"`),
        line(commit, `<${prov.generated}>`, `<${base}dataset/corpus>`),
        line(
          `<${base}commits/7#graph-1>`,
          `<${isnad.quadsAdded}>`,
          '"9"^^<http://www.w3.org/2001/XMLSchema#integer>',
        ),
        line(`<${base}commits/7#file-1>`, `<${isnad.sha256}>`, '"ab12"'),
        line(
          `<${base}commits/7#count-pages>`,
          `<${rdf.value}>`,
          '"5"^^<http://www.w3.org/2001/XMLSchema#integer>',
        ),
      ]),
    );
    expect(lines.some((each) => each.includes(`<${prov.generated}> <a:gone>`))).toBe(false);
  });

  it('hangs the mapping on the association, never on the commit', () => {
    const plans = lines.filter((each) => each.includes(`<${prov.hadPlan}>`));
    expect(plans).toEqual([
      line(
        `<${base}commits/7#association>`,
        `<${prov.hadPlan}>`,
        `<${base}provenance#mapping-tei-1.2>`,
      ),
    ]);
  });

  it('has no blank nodes, no repeats, and only the provenance graph', () => {
    expect(new Set(lines).size).toBe(lines.length);
    for (const each of lines)
      expect(each).toMatch(
        /^<[^>]+> <[^>]+> (<[^>]+>|"[^]*) <http:\/\/localhost:3030\/provenance> \.$/,
      );
  });

  it.each([
    ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00Z'],
    ['2026-01-01T00:00:10.100Z', '2026-01-01T00:00:10.1Z'],
    ['2026-01-01T00:00:00.001Z', '2026-01-01T00:00:00.001Z'],
  ])('spells the time %s as the engine does', (recordedAt, expected) => {
    expect(provenanceLines({ ...record, recordedAt }, iris).join('\n')).toContain(
      `"${expected}"^^`,
    );
  });

  it('is what the store shows, in the spelling of the store', async () => {
    const store = await openEmbedded(temporaryDirectory());
    const plan = await store.plan([
      content(`${base}dataset/corpus`, '<a:s> <a:p> "o"'),
      content('', '<a:s> <a:p> "o"'),
    ]);
    const { commit: made } = await store.commit(plan, record.description);
    expect(await readLines(store, iris.provenance)).toEqual(
      provenanceLines(made!, iris).toSorted(),
    );
    const who = `SELECT ?label { ?c <${prov.wasAssociatedWith}>/<http://www.w3.org/2000/01/rdf-schema#label> ?label }`;
    expect(await rows(store, who)).toEqual(['operator ق']);
  });
});
