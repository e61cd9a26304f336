import { isnad, prefixes, shared } from '../../model/terms.ts';
import type { Quad } from '../../rdf/terms.ts';
import type { ValidationFinding } from '../stages/validate.ts';
import { nodeName } from './node-name.ts';

/**
 * SHACL checks what a shape names; a property or concept spelt wrongly is named by none, and would
 * be stored without a word. So names in the shared namespaces must be declared.
 */

type Namespace = { readonly prefix: string } & Pick<
  ValidationFinding,
  'shapeName' | 'messages' | 'expected'
>;

const namespaces: readonly Namespace[] = [
  {
    prefix: prefixes.isnad,
    shapeName: { en: 'Names of the ontology', ar: 'أسماء الأنطولوجيا' },
    messages: {
      en: 'The Isnad ontology has no class or property of this name.',
      ar: 'لا يوجد في أنطولوجيا إسناد صنف أو خاصية بهذا الاسم.',
    },
    expected: 'a class or property of the Isnad ontology',
  },
  {
    prefix: shared.vocabulary,
    shapeName: { en: 'Concepts of the vocabularies', ar: 'مفاهيم المفردات' },
    messages: {
      en: 'The Isnad vocabularies have no concept of this name.',
      ar: 'لا يوجد في مفردات إسناد مفهوم بهذا الاسم.',
    },
    expected: 'a concept of the Isnad vocabularies',
  },
];

/**
 * Builds the check that finds names in the shared namespaces that nobody declared. A namespace of
 * which the ontology given declares nothing is not checked.
 *
 * @param ontology quads of the ontology and the vocabularies; a name is declared when it is the
 *   subject of one of them
 */
export const createTermCheck = (
  ontology: readonly Quad[],
): ((quads: readonly Quad[]) => readonly ValidationFinding[]) => {
  const declared = new Set(ontology.map(({ subject }) => subject.value));
  const checked = namespaces.filter(({ prefix }) =>
    [...declared].some((iri) => iri.startsWith(prefix)),
  );
  const lackingNamespace = (iri: string): Namespace | undefined =>
    declared.has(iri) ? undefined : checked.find(({ prefix }) => iri.startsWith(prefix));

  return (quads) => {
    const findings: ValidationFinding[] = [];
    const check = (quad: Quad, term: Quad['predicate'] | Quad['object']): void => {
      if (term.termType !== 'NamedNode') return;
      const namespace = lackingNamespace(term.value);
      if (!namespace) return;
      const { prefix: _, ...rest } = namespace;
      findings.push({
        ...rest,
        severity: 'violation',
        focusNode: nodeName(quad.subject),
        path: quad.predicate.value,
        value: term,
        constraint: isnad.DeclaredTermConstraintComponent,
        shape: isnad.DeclaredTermShape,
      });
    };
    for (const quad of quads) {
      check(quad, quad.predicate);
      check(quad, quad.object);
    }
    return findings;
  };
};
