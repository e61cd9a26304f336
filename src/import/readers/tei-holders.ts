import { mixedScriptWords, namesInOtherScripts } from '../../model/names.ts';
import { geo, isnad, outside, rdf, rdfs, skos } from '../../model/terms.ts';
import { literal, namedNode } from '../../rdf/terms.ts';
import type { Description, RecordRef, Statement } from '../described.ts';
import { findingAt } from '../findings.ts';
import type { Finding } from '../findings.ts';
import type { FindingKind } from '../finding-kinds.ts';
import { decimalValue } from './tei-draft.ts';
import { holderRef } from './tei-identity.ts';
import type { TeiInstitution } from './tei-places.ts';

export interface MappedHolder {
  readonly descriptions: readonly Description[];
  readonly findings: readonly Finding[];
}

/** Maps an institution of the list of places to an organization and the place it is at. */
export const mapInstitution = (institution: TeiInstitution): MappedHolder => {
  const { key, name, settlement, country } = institution;
  const findings: Finding[] = [];
  const find: Find = (kind, element, value, reason) =>
    findings.push(
      findingAt({ file: institution.file, record: key }, kind, { element, value, reason }),
    );
  const organization = holderRef(key);
  const place: RecordRef = { type: 'place', key: `${organization.key}/place` };
  for (const word of mixedScriptWords(name))
    find('mixed-scripts', 'title', word, 'Latin letters stand among letters of another script.');
  return {
    descriptions: [
      {
        subject: organization,
        statements: [
          [rdf.type, namedNode(isnad.Organization)],
          [isnad.sourceKey, literal(organization.key)],
          [rdfs.label, literal(name === '' ? key : name)],
          ...namesInOtherScripts(name).map(
            ({ text, language }) => [skos.altLabel, literal(text, language)] as const,
          ),
          [isnad.locatedIn, place],
        ],
      },
      {
        subject: place,
        statements: [
          [rdf.type, namedNode(isnad.Place)],
          [isnad.sourceKey, literal(place.key)],
          [rdfs.label, literal(settlement || name || key)],
          ...settlementStatements(settlement, find),
          ...countryStatements(country, find),
          ...coordinateStatements(institution, find),
          ...geonamesStatements(institution, find),
        ],
      },
    ],
    findings,
  };
};

type Find = (kind: FindingKind, element: string, value: string, reason: string) => void;

const settlementStatements = (settlement: string, find: Find): Statement[] => {
  if (/[,/]/.test(settlement))
    find('settlement-several', 'settlement', settlement, 'The words hold a comma or a slash.');
  return settlement === '' ? [] : [[isnad.settlementAsWritten, literal(settlement)]];
};

const countryStatements = (country: string, find: Find): Statement[] => {
  if (country === '') return [];
  if (/^[A-Z]{2}$/.test(country)) return [[isnad.countryCode, literal(country)]];
  find('country-code', 'country', country, 'Not two capital letters.');
  return [];
};

const decimalPattern = /^-?\d{1,3}(?:\.\d+)?$/;

/** The source writes longitude before latitude. */
const coordinateStatements = ({ coordinates }: TeiInstitution, find: Find): Statement[] => {
  if (coordinates === '') {
    find('coordinates-absent', 'geo', '', 'There is no geo.');
    return [];
  }
  const [long = '', lat = '', ...rest] = coordinates.split(' ');
  const isPair = decimalPattern.test(long) && decimalPattern.test(lat) && rest.length === 0;
  if (isPair && Math.abs(Number(long)) <= 180 && Math.abs(Number(lat)) <= 90)
    return [
      [geo.lat, decimalValue(Number(lat))],
      [geo.long, decimalValue(Number(long))],
    ];
  find(
    'coordinates-invalid',
    'geo',
    coordinates,
    isPair ? 'Longitude goes to 180, latitude to 90.' : 'Not two decimal numbers.',
  );
  return [];
};

const geonamesStatements = ({ geonames }: TeiInstitution, find: Find): Statement[] => {
  const [, number] = /^geoname_(\d+)$/.exec(geonames) ?? [];
  if (number !== undefined) return [[skos.closeMatch, namedNode(`${outside.geonames}${number}/`)]];
  find('geonames-absent', 'title/@key', geonames, 'No number follows "geoname_".');
  return [];
};

/** Maps an institution that the list of places lacks: all there is are the words of a record. */
export const mapUnlistedHolder = (key: string, words: string): readonly Description[] => {
  const organization = holderRef(key);
  return [
    {
      subject: organization,
      statements: [
        [rdf.type, namedNode(isnad.Organization)],
        [isnad.sourceKey, literal(organization.key)],
        [rdfs.label, literal(words === '' ? key : words)],
      ],
    },
  ];
};

/** Maps a place that is known by its words only. */
export const mapWordedPlace = (place: RecordRef, words: string): Description => ({
  subject: place,
  statements: [
    [rdf.type, namedNode(isnad.Place)],
    [isnad.sourceKey, literal(place.key)],
    [rdfs.label, literal(words)],
  ],
});
