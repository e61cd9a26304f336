import { describe, expect, it } from 'vitest';
import { mapInstitution } from '../../../src/import/readers/tei-holders.ts';
import type { TeiInstitution } from '../../../src/import/readers/tei-places.ts';

const institution: TeiInstitution = {
  file: 'places.xml',
  key: 'repository_1',
  name: 'Museum of Islamic Art (متحف الفن الإسلامي)',
  settlement: 'Doha',
  country: 'QA',
  coordinates: '51.5391700 25.2952800',
  geonames: 'geoname_11874036',
};

const map = (change: Partial<TeiInstitution>) => {
  const { descriptions, findings } = mapInstitution({ ...institution, ...change });
  const said = (property: string): string[] =>
    descriptions.flatMap(({ statements }) =>
      statements.flatMap(([iri, value]) =>
        iri.split(/[#/]/).at(-1) === property
          ? ['termType' in value ? value.value : 'part' in value ? value.part : value.key]
          : [],
      ),
    );
  return { said, kinds: findings.map(({ kind }) => kind) };
};

describe('An institution of the list of places', () => {
  it('is an organization at a place, with the longitude the source puts first', () => {
    const { said, kinds } = map({});
    expect(said('lat')).toEqual(['25.29528']);
    expect(said('long')).toEqual(['51.53917']);
    expect(said('countryCode')).toEqual(['QA']);
    expect(said('closeMatch')).toEqual(['https://sws.geonames.org/11874036/']);
    expect(said('altLabel')).toEqual(['متحف الفن الإسلامي']);
    expect(said('locatedIn')).toEqual(['repository/repository_1/place']);
    expect(kinds).toEqual([]);
  });

  const defects = [
    [{ geonames: 'geoname_' }, 'closeMatch', 'geonames-absent'],
    [{ coordinates: '' }, 'lat', 'coordinates-absent'],
    [{ coordinates: '25.2 151.5' }, 'lat', 'coordinates-invalid'],
    [{ coordinates: '200 25.2' }, 'lat', 'coordinates-invalid'],
    [{ coordinates: 'east' }, 'lat', 'coordinates-invalid'],
    [{ country: 'Qatar' }, 'countryCode', 'country-code'],
  ] as const;
  it.each(defects)('with %j has no %s and is told as %s', (change, property, kind) => {
    const { said, kinds } = map(change);
    expect(said(property)).toEqual([]);
    expect(kinds).toContain(kind);
  });

  it('keeps three cities in one cell unsplit and asks a person to look', () => {
    const { said, kinds } = map({ settlement: 'Leiden, Rotterdam, Amsterdam' });
    expect(said('settlementAsWritten')).toEqual(['Leiden, Rotterdam, Amsterdam']);
    expect(kinds).toEqual(['settlement-several']);
  });

  it('keeps Latin letters in a Cyrillic word as they are, and tells of them', () => {
    const name = 'Library (национaльная библиотeка)';
    const { said, kinds } = map({ name });
    expect(said('label')).toContain(name);
    expect(kinds).toEqual(['mixed-scripts', 'mixed-scripts']);
  });
});
