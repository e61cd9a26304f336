import type JsonLd from 'jsonld';

/** The processor takes a fifth of a second to load, so it is loaded with the first document it is needed for. */
export const jsonLdProcessor = async (): Promise<typeof JsonLd> => {
  const { default: processor } = await import('jsonld');
  return processor;
};
