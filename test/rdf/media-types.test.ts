import { describe, expect, it } from 'vitest';
import {
  bindingsMediaTypes,
  bindingsOffers,
  mediaTypeByFormat,
  mediaTypeOfHeader,
  mediaTypes,
  rdfMediaTypes,
  rdfOffers,
} from '../../src/rdf/media-types.ts';

const of = (offers: readonly { accept: string; mediaType: string }[], accept: string) =>
  offers.find((offer) => offer.accept === accept)?.mediaType;

describe('the media types of the service', () => {
  it('start with Turtle for RDF and SPARQL JSON for bindings', () => {
    expect(rdfMediaTypes[0]).toBe('text/turtle');
    expect(bindingsMediaTypes[0]).toBe('application/sparql-results+json');
  });

  it('have short names that mean one type each within their kind', () => {
    const formats = Object.values(mediaTypes).map(({ format }) => format);
    expect(new Set(formats).size).toBe(formats.length);
  });

  it.each([
    ['ttl', 'text/turtle'],
    ['turtle', 'text/turtle'],
    ['JSONLD', 'application/ld+json'],
    ['json', 'application/ld+json'],
    ['application/trig', 'application/trig'],
    ['csv', undefined],
    ['constructor', undefined],
  ])('?format=%s of a graph means %s', (format, type) => {
    expect(mediaTypeByFormat(format, rdfMediaTypes)).toBe(type);
  });

  it.each([
    ['json', 'application/sparql-results+json'],
    ['xml', 'application/sparql-results+xml'],
    ['ttl', undefined],
  ])('?format=%s of bindings means %s', (format, type) => {
    expect(mediaTypeByFormat(format, bindingsMediaTypes)).toBe(type);
  });

  it('are found under the names clients use', () => {
    expect(of(rdfOffers, 'application/json')).toBe('application/ld+json');
    expect(of(bindingsOffers, 'application/json')).toBe('application/sparql-results+json');
    expect(of(rdfOffers, 'text/turtle')).toBe('text/turtle');
  });

  it('are read from a Content-Type with parameters and capitals', () => {
    expect(mediaTypeOfHeader('Text/Turtle; charset=utf-8', rdfMediaTypes)).toBe('text/turtle');
    expect(mediaTypeOfHeader('text/csv', rdfMediaTypes)).toBeUndefined();
    expect(mediaTypeOfHeader(undefined, rdfMediaTypes)).toBeUndefined();
  });
});
