import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readShapeNames } from '../../../src/import/shapes/shape-names.ts';
import { readShapes } from '../../../src/import/shapes/read-shapes.ts';
import { isnad, rdf, rdfs, sh, shared } from '../../../src/model/terms.ts';
import { literal, namedNode, quad } from '../../../src/rdf/terms.ts';
import { ontologyFolder } from '../../ontology/shape-examples.ts';

describe('reading the shapes', () => {
  it('keeps the unnamed alternatives of different files apart', async () => {
    const shapes = await readShapes(path.join(ontologyFolder, 'shapes'));
    const firsts = shapes.filter(({ predicate }) => predicate.value === rdf.first);
    const heads = firsts.map(({ subject }) => subject.value);
    expect(heads.length).toBeGreaterThan(100);
    expect(new Set(heads).size).toBe(heads.length);
    expect(shapes.filter(({ subject }) => subject.termType === 'BlankNode')).toEqual([]);
  });

  it('calls shapes by their names in both languages, or by the one there is', () => {
    const shape = namedNode(`${shared.shapes}#x`);
    const other = namedNode(`${shared.shapes}#y`);
    const names = readShapeNames([
      quad(shape, namedNode(sh.name), literal('اسم', 'ar')),
      quad(shape, namedNode(sh.name), literal('name', 'en')),
      quad(other, namedNode(rdfs.label), literal('only', 'en')),
      quad(other, namedNode(sh.path), namedNode(isnad.shelfmark)),
    ]);
    expect(names.get(shape.value)).toEqual({ en: 'name', ar: 'اسم' });
    expect(names.get(other.value)).toEqual({ en: 'only', ar: 'only' });
  });
});
