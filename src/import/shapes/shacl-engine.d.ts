/** The part of shacl-engine 1.1.2 that Isnad uses; the package ships no types of its own. */
declare module 'shacl-engine' {
  import type { Literal, NamedNode, Quad, Quad_Object as QuadObject, Term } from '@rdfjs/types';

  /** The reading half of an RDF/JS DatasetCore: all that the engine asks of data and shapes. */
  export interface ReadableQuads extends Iterable<Quad> {
    readonly size: number;
    readonly match: (
      subject?: Term | null,
      predicate?: Term | null,
      object?: Term | null,
      graph?: Term | null,
    ) => Iterable<Quad>;
  }

  /** A pointer into a graph: the terms it stands on, and steps along properties. */
  export interface Pointer {
    readonly term: QuadObject | undefined;
    readonly terms: readonly QuadObject[];
    readonly out: (predicates: readonly Term[]) => Pointer;
  }

  export interface Shape {
    readonly ptr: Pointer;
  }

  export interface ConstraintContext {
    readonly factory: EngineFactory;
    readonly valueOrNode: Pointer;
    readonly test: (
      success: boolean,
      constraintComponent: NamedNode,
      details: {
        readonly args: Readonly<Record<string, unknown>>;
        readonly message: readonly Literal[];
        readonly value: Pointer;
      },
    ) => void;
  }

  /** Turns a shape into the check of one constraint component. */
  export type CompileConstraint = (shape: Shape) => {
    readonly generic: (context: ConstraintContext) => void;
  };

  export interface PathStep {
    readonly predicates: readonly NamedNode[];
  }

  export interface ValidationResult {
    readonly args: Readonly<Record<string, unknown>>;
    readonly constraintComponent: NamedNode;
    readonly focusNode: Pointer;
    readonly message: readonly Literal[];
    readonly path: readonly PathStep[] | null | undefined;
    readonly severity: NamedNode;
    readonly shape: Shape;
    readonly value: Pointer | undefined;
  }

  export interface EngineFactory {
    readonly literal: (value: string, languageOrDatatype?: string | NamedNode) => Literal;
  }

  export interface ValidatorOptions {
    readonly factory: EngineFactory;
    /** Checks that replace the engine's own, by the parameter of their constraint component. */
    readonly validations?: Iterable<readonly [NamedNode, CompileConstraint]>;
  }

  export class Validator {
    constructor(shapes: ReadableQuads, options: ValidatorOptions);
    /** Checks the nodes `terms` against the shapes named; by default all targets of all shapes. */
    validate(
      data: { readonly dataset: ReadableQuads; readonly terms?: readonly Term[] },
      shapes?: readonly { readonly terms: readonly Term[] }[],
    ): Promise<{ readonly results: readonly ValidationResult[] }>;
  }
}
