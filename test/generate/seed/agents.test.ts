import { describe, expect, it } from 'vitest';
import {
  createAgents,
  institutionIri,
  listOf,
  scholarIri,
} from '../../../src/generate/seed/agents.ts';
import type { Facts, Row } from '../../../src/generate/seed/facts.ts';

const institution = (cells: Partial<Row<'institutions'>>): Row<'institutions'> => ({
  id: '',
  name: '',
  short_name: '',
  name_ar: '',
  type: '',
  city: '',
  country_iso2: '',
  founded: '',
  url: '',
  note: '',
  source: '',
  confidence: '',
  ...cells,
});
const scholar = (id: string, name: string): Row<'scholars'> => ({
  id,
  name,
  name_ar: '',
  dates_ce: '',
  field: '',
  affiliation: '',
  authority_id: '',
  source: '',
  confidence: '',
});

const facts: Facts = {
  manuscripts: [],
  outputs: [],
  projects: [],
  events: [],
  conservation: [],
  funding: [],
  institutions: [
    institution({ id: 'inst1', name: 'House of Leaves', short_name: 'HL', city: 'Fez' }),
    institution({ id: 'inst2', name: 'House of Leaves e.V.', city: 'Fez' }),
    institution({ id: 'inst3', name: 'First Library', short_name: 'LIB' }),
    institution({ id: 'inst4', name: 'Second Library', short_name: 'LIB' }),
  ],
  scholars: [scholar('pers1', 'Amina B. Yusuf'), scholar('pers2', 'Idris al-Fasi')],
};

describe('a name in a cell', () => {
  const agents = createAgents(facts);
  const organization = (name: string): string | undefined => agents.organization(name)?.turtle;
  const person = (name: string): string | undefined => agents.person(name)?.turtle;

  it.each(['House of Leaves', 'HL', 'HL Fez', 'House of Leaves, Fez', 'house of leaves'])(
    'means the institution whose full or short name it is: %s',
    (name) => {
      expect(organization(name)).toBe(`<${institutionIri('inst1')}>`);
    },
  );

  it.each(['House', 'Leaves', 'LIB', 'Friends of the House of Leaves'])(
    'stays words when it is only part of a name, or fits two: %s',
    (name) => {
      expect(organization(name)).toBeUndefined();
    },
  );

  it('means a person in either order, with or without initials', () => {
    for (const name of ['Amina B. Yusuf', 'Amina Yusuf', 'Yusuf, Amina'])
      expect(person(name)).toBe(`<${scholarIri('pers1')}>`);
    expect(person('al-Fasi, Idris')).toBe(`<${scholarIri('pers2')}>`);
  });

  it.each(['Yusuf', 'Yusuf, A.', 'Yusuf, Karim'])(
    'stays words when the person is not sure: %s',
    (name) => {
      expect(person(name)).toBeUndefined();
    },
  );
});

describe('a list in a cell', () => {
  it('is split at semicolons, but not within brackets', () => {
    expect(listOf('TIEM; Cairo; Damascus (dispersed; endowed at Tyre)')).toEqual([
      'TIEM',
      'Cairo',
      'Damascus (dispersed; endowed at Tyre)',
    ]);
    expect(listOf('')).toEqual([]);
  });
});
