import * as fc from 'fast-check';

/** Random queries over a small vocabulary, in which many triples stand in several graphs. */
export const graphs = ['a:g1', 'a:g2', 'a:g3'] as const;

const pick = (...texts: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...texts);
const text = (
  parts: TemplateStringsArray,
  ...values: readonly fc.Arbitrary<string>[]
): fc.Arbitrary<string> =>
  fc.tuple(...values).map((chosen) => String.raw({ raw: parts.raw }, ...chosen));
const list = (each: fc.Arbitrary<string>, min: number, max: number): fc.Arbitrary<string> =>
  fc.array(each, { minLength: min, maxLength: max }).map((all) => all.join(' '));

/** Few enough that graphs often say the same. */
export const triple = fc.oneof(
  text`${pick('<a:x>', '<a:y>', '_:b1')} ${pick('<a:p>', '<a:q>')} ${pick('<a:x>', '<a:y>', '_:b1', '"v"', '"مصحف"@ar')}`,
  pick('<a:x> <a:p> <a:y>', '<a:y> <a:p> <a:x>', '_:b1 <a:q> _:b2'),
);

const variable = pick('?a', '?b', '?c');
const link = pick('<a:p>', '<a:q>');
const subject = fc.oneof(
  { weight: 5, arbitrary: variable },
  pick('<a:x>', '<a:y>', '_:n', '[]', '[ <a:p> ?c ]'),
);
const object = fc.oneof(
  { weight: 5, arbitrary: variable },
  pick('<a:x>', '"v"', '_:n', '[]', '( ?a <a:x> )'),
);
const path = fc.oneof(
  text`${link}/${link}`,
  text`^${link}`,
  text`${link}|^${link}`,
  text`(${link}|${link})/${link}`,
  text`${link}+`,
  text`${link}*`,
  text`(${link}/${link})?`,
  text`(${link}|${link})*/^${link}`,
  text`!${link}`,
  text`!(${link}|^${link})`,
);
const predicate = fc.oneof(
  { weight: 4, arbitrary: link },
  { weight: 1, arbitrary: pick('?p') },
  { weight: 2, arbitrary: path },
);
const pattern = fc.oneof(
  { weight: 5, arbitrary: text`${subject} ${predicate} ${object} .` },
  text`${subject} ${link} ${object} ; ${link} ${object} , ${object} .`,
);

const clauses = (isMixed: boolean): fc.Arbitrary<string> => {
  const inGraph = text`GRAPH ${pick('?g', '<a:g1>', '<a:g2>')} { ${list(pattern, 1, 2)} }`;
  const one = isMixed ? fc.oneof({ weight: 2, arbitrary: pattern }, inGraph) : pattern;
  return fc.oneof(
    { weight: 6, arbitrary: one },
    ...(isMixed ? [{ weight: 5, arbitrary: inGraph }] : []),
    text`OPTIONAL { ${one} }`,
    text`{ ${one} } UNION { ${one} }`,
    text`MINUS { ${one} }`,
    text`FILTER ${pick('', 'NOT')} EXISTS { ${one} }`,
    text`FILTER(${pick('?a != ?b', 'BOUND(?c)', 'isIRI(?a)')})`,
    text`VALUES ?a { <a:x> UNDEF }`,
    text`{ SELECT ?a (COUNT(${pick('*', '?b', 'DISTINCT ?b', isMixed ? '?c' : 'DISTINCT *')}) AS ?n) { ${one} } GROUP BY ?a }`,
    text`{ SELECT * { ${one} } }`,
    text`{ SELECT DISTINCT ?a { ${one} ${one} } }`,
    // Counting within EXISTS, beside GRAPH, is documented as left to the engine.
    ...(isMixed
      ? []
      : [text`FILTER EXISTS { SELECT ?a { ${one} } GROUP BY ?a HAVING (COUNT(*) > 1) }`]),
  );
};

/** A blank node's label belongs to one pattern: it gets the number of the brace before it. */
const numbered = (query: string): string =>
  query
    .split('{')
    .map((part, left) =>
      part
        .split('}')
        .map((piece, right) => piece.replaceAll('_:n', `_:n${left}x${right}`))
        .join('}'),
    )
    .join('{');

const forms = [
  'SELECT * #',
  'SELECT ?a ?b #',
  'SELECT DISTINCT ?a ?c #',
  'SELECT DISTINCT * #',
  'SELECT (COUNT(*) AS ?count) #',
  'SELECT (COUNT(DISTINCT *) AS ?count) #',
  'SELECT (STRLEN(GROUP_CONCAT(STR(?a))) AS ?length) #',
  'SELECT ?b (COUNT(?a) AS ?count) # GROUP BY ?b',
  'SELECT ?b # GROUP BY ?b HAVING (COUNT(*) > 1)',
  'SELECT (COUNT(*) AS ?count) ?a # GROUP BY ?a ORDER BY DESC(COUNT(*))',
  'ASK #',
  'CONSTRUCT { ?a <a:p> ?b } #',
  'CONSTRUCT { [] <a:p> ?b } #',
] as const;

/** @param isMixed whether patterns of named graphs may stand beside those of the default graph */
export const queries = (isMixed: boolean): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(...forms.filter((form) => !isMixed || !form.includes('DISTINCT *)'))),
      pattern,
      list(clauses(isMixed), 0, 3),
    )
    .map(([form, first, others]) => numbered(form.replace('#', `{ ${first} ${others} }`)));

/** Which graphs a query sees; nothing for what the store's union mode shows. */
export const views = fc.option(
  fc.record({
    default: fc.array(fc.constantFrom(...graphs), { maxLength: 4 }),
    named: fc.subarray([...graphs]),
  }),
  { nil: undefined, freq: 2 },
);
