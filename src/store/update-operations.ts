/**
 * What a SPARQL Update request asks of the store, without the language it came in. `sparql/update/`
 * makes it of the request's text; `engine/update/` works out what it does. It crosses threads, so it is
 * made of plain objects.
 */
export interface UpdateRequest {
  /** Done in this order, each on what those before it left; all or none. */
  readonly operations: readonly UpdateOperation[];
  /** Base against which the WHERE resolves IRIs it makes itself. */
  readonly baseIri: string;
  /** What a WHERE sees that names no graph: all of them, or the default graph. */
  readonly defaultGraph: 'union' | 'standard';
}

/** A term of a template: a fixed one in its stored form, a blank node to mint, or a variable to fill in. */
export type TemplateTerm =
  | { readonly kind: 'fixed'; readonly text: string }
  | { readonly kind: 'blank'; readonly label: string }
  | { readonly kind: 'variable'; readonly name: string };

export interface QuadTemplate {
  readonly subject: TemplateTerm;
  readonly predicate: TemplateTerm;
  readonly object: TemplateTerm;
  /** Nothing for the default graph. */
  readonly graph: TemplateTerm | undefined;
}

/** Quads as they are; labels of blank nodes to insert are minted anew. */
export interface DataOperation {
  readonly kind: 'insert-data' | 'delete-data';
  readonly quads: readonly QuadTemplate[];
}

/** One query in two forms that count a triple once. */
export interface OnceTexts {
  /** Quick, where all graphs are merged and nothing stands in the store's own default graph. */
  readonly indexed: string;
  /** Right for every dataset. */
  readonly general: string;
}

/** For every solution of a query: quads out, then quads in. */
export interface ModifyOperation {
  readonly kind: 'modify';
  /** A SELECT of the templates' variables. */
  readonly select: string;
  /** As with queries. */
  readonly once?: OnceTexts | 'irrelevant';
  /** The graph of WITH: the default graph of the WHERE, unless `using` says otherwise. */
  readonly with: string | undefined;
  /** The dataset of the WHERE, by USING or by the protocol. */
  readonly using:
    | { readonly default: readonly string[]; readonly named: readonly string[] }
    | undefined;
  readonly delete: readonly QuadTemplate[];
  readonly insert: readonly QuadTemplate[];
}

/** Graphs by name, where the empty name is the default graph, or all of a kind. */
export type GraphTarget = { readonly graph: string } | { readonly every: 'named' | 'all' };

export interface CreateOperation {
  readonly kind: 'create';
  readonly graph: string;
  /** Whether a graph that is there already is no error. */
  readonly silent: boolean;
}

/** `clear` empties graphs, `drop` removes them. */
export interface EmptyOperation {
  readonly kind: 'clear' | 'drop';
  readonly target: GraphTarget;
  /** Whether a graph that is not there is no error. */
  readonly silent: boolean;
}

/** Puts what is in one graph into another, which `copy` and `move` empty first. */
export interface TransferOperation {
  readonly kind: 'add' | 'copy' | 'move';
  readonly from: string;
  readonly to: string;
  /** Whether a source that is not there is no error. */
  readonly silent: boolean;
}

export type UpdateOperation =
  | DataOperation
  | ModifyOperation
  | CreateOperation
  | EmptyOperation
  | TransferOperation;
