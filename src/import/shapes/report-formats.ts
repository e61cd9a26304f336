/** The formats of a validation report: for people, for programs, as `sh:ValidationReport`. */
export const validationReportFormats = ['text', 'json', 'turtle'] as const;

export type ValidationReportFormat = (typeof validationReportFormats)[number];
