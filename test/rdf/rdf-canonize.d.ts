declare module 'rdf-canonize' {
  /** RDF dataset canonicalisation (RDFC-1.0); only what the tests use. */
  export const canonize: (
    nquads: string,
    options: {
      algorithm: 'RDFC-1.0';
      inputFormat: 'application/n-quads';
      maxWorkFactor?: number;
    },
  ) => Promise<string>;
}
