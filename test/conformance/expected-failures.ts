/**
 * The tests of the W3C's SPARQL 1.1 suites that are expected to fail, with the reason. A failure that is not
 * here stops CI, and so does one that is here and passes: then it is taken off the list.
 */
const engine = {
  groupConcat:
    'the engine takes the groups of GROUP_CONCAT in another order or number than the test',
  emptyGroup: 'the engine gives no group for a graph in which nothing matches',
  graphScope:
    'the engine does not let the variable of GRAPH meet what VALUES or MINUS say of it inside',
  emptyPath: 'the engine finds no path of length zero from a term that stands in no triple',
  bnode: 'the engine makes a new blank node for each BNODE(…) of the same argument in a solution',
} as const;

export const expectedFailures: Readonly<Record<string, string>> = {
  'sparql11/aggregates#agg-groupconcat-04': engine.groupConcat,
  'sparql11/aggregates#agg-groupconcat-06': engine.groupConcat,
  'sparql11/aggregates#agg-empty-group-count-graph': engine.emptyGroup,
  'sparql11/bindings#graph': engine.graphScope,
  'sparql11/negation#graph-minus': engine.graphScope,
  'sparql11/functions#bnode01': engine.bnode,
  'sparql11/property-path#zero_or_more_set_start': engine.emptyPath,
  'sparql11/property-path#zero_or_more_set_end': engine.emptyPath,
  'sparql11/property-path#zero_or_one_set_start': engine.emptyPath,
  'sparql11/property-path#zero_or_one_set_end': engine.emptyPath,
  'sparql11/csv-tsv-res#csv03': 'numbers come back in the spelling in which they are stored',
};
