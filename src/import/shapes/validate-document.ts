import type { ValidationReportFormat } from './report-formats.ts';
import { parseRdf, type ParseOptions } from '../../rdf/parse.ts';
import { serialise } from '../../rdf/serialise.ts';
import { readSharedModel } from '../shared-model.ts';
import { createValidator, type QuadValidator } from '../stages/validate.ts';
import {
  reportAsJson,
  reportAsQuads,
  reportAsText,
  summarise,
  type ValidationReport,
} from './report.ts';

/**
 * The validator of an installation: its shapes, ontology and vocabularies.
 *
 * @param ontologyFolder path of the folder `ontology`
 * @throws IsnadError `rdf-syntax` when one of its files is damaged
 */
export const readValidator = async (ontologyFolder: string): Promise<QuadValidator> => {
  const { shapes, ontology, vocabularies } = await readSharedModel(ontologyFolder);
  return createValidator({ shapes, ontology: [...ontology, ...vocabularies] });
};

/**
 * Validates one RDF document as a whole, in whatever graphs its statements stand.
 *
 * @throws IsnadError `rdf-syntax` with the line, `remote-context`, `delivery-unsafe`
 */
export const validateDocument = async (
  validator: QuadValidator,
  content: string | Uint8Array,
  options: ParseOptions,
): Promise<ValidationReport> => {
  const quads = await parseRdf(content, options);
  return summarise(quads.length, validator.coverage(quads), await validator.validate(quads));
};

const renderers: Readonly<
  Record<ValidationReportFormat, (summary: ValidationReport) => string | Promise<string>>
> = {
  text: reportAsText,
  json: (summary) => `${JSON.stringify(reportAsJson(summary), undefined, 2)}\n`,
  turtle: (summary) => serialise(reportAsQuads(summary), 'text/turtle'),
};

/** Writes a validation report in one of its formats. */
export const renderValidationReport = async (
  summary: ValidationReport,
  format: ValidationReportFormat,
): Promise<string> => renderers[format](summary);
