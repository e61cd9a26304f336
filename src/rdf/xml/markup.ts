import { SaxesParser, type SaxesTagNS } from 'saxes';
import { IsnadError } from '../../errors.ts';

/** What a reader of XML wants to hear. Every tag is closed in turn; text is whole between tags. */
export interface MarkupHandler {
  readonly open: (tag: SaxesTagNS) => void;
  readonly text: (text: string) => void;
  readonly close: (tag: SaxesTagNS) => void;
}

export interface MarkupOptions {
  /** Deepest nesting of elements. */
  readonly depthMax: number;
  /** Name of the format for error messages, such as `RDF/XML`. */
  readonly format: string;
}

/**
 * Reads namespaced XML. A document type or entity declaration is refused before anything is read.
 *
 * @throws IsnadError `delivery-unsafe`, or `rdf-syntax` with line and column; what the handler throws
 *   gets the position too when it is an `rdf-syntax` error without one
 */
export const readMarkup = (text: string, handler: MarkupHandler, options: MarkupOptions): void => {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text))
    throw new IsnadError('delivery-unsafe', 'The document declares a document type or entities.');
  const parser = new SaxesParser({ xmlns: true, position: true });
  let depth = 0;
  const fail = (reason: string): never => {
    throw new IsnadError('rdf-syntax', `Not valid ${options.format}: ${reason}`, {
      position: { line: parser.line, column: parser.columnIndex + 1 },
    });
  };
  const located = (step: () => void): void => {
    try {
      step();
    } catch (error) {
      if (error instanceof IsnadError && !error.position) fail(error.message);
      throw error;
    }
  };
  parser.on('error', (error) => fail(error.message.replace(/^\d+:\d+: /, '')));
  parser.on('doctype', () => fail('it declares a document type.'));
  parser.on('opentag', (tag) => {
    depth += 1;
    if (depth > options.depthMax) fail(`elements are nested deeper than ${options.depthMax}.`);
    located(() => handler.open(tag));
  });
  parser.on('text', (found) => located(() => handler.text(found)));
  parser.on('cdata', (found) => located(() => handler.text(found)));
  parser.on('closetag', (tag) => {
    depth -= 1;
    located(() => handler.close(tag));
  });
  parser.write(text).close();
};
