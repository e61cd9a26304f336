import { textOf } from './xml-tree.ts';
import type { Draft } from './tei-draft.ts';
import type { XmlElement } from './xml-tree.ts';

/**
 * What the mapping knows of a record: elements by name, attributes with `@`. `known` stands for
 * prose and administration, known with all that is in it; `empty` for elements that the catalogue
 * leaves empty, and that have no place in the data yet.
 */
interface Rule {
  readonly [name: string]: Rule | 'known' | 'empty';
}

const pageRule: Rule = {
  '@xml:id': 'known',
  '@n': 'known',
  title: { '@key': 'known', '@type': 'known' },
};

const extentRule: Rule = {
  dimensions: { '@unit': 'known', width: {}, height: {} },
};

const msDescRule: Rule = {
  '@xml:lang': 'known',
  msIdentifier: { repository: { '@key': 'known' }, idno: {} },
  msContents: { summary: 'known', msItem: pageRule },
  physDesc: {
    objectDesc: {
      supportDesc: { '@material': 'known', extent: extentRule, support: 'known' },
      layoutDesc: { layout: { '@writtenLines': 'known' } },
    },
    handDesc: { handNote: 'empty' },
    scriptDesc: { scriptNote: {}, summary: 'known' },
  },
  history: { origin: { origDate: {} }, provenance: {} },
  additional: { adminInfo: { recordHist: { p: {} }, availability: 'empty' } },
};

const headerRule: Rule = {
  fileDesc: {
    titleStmt: 'known',
    publicationStmt: 'known',
    sourceDesc: { msDesc: msDescRule },
  },
  encodingDesc: 'known',
  revisionDesc: 'known',
};

/**
 * Tells of every element or attribute of the header with content that the mapping has no rule for,
 * once for each path, so that nothing is dropped in silence.
 */
export const tellUnread = (header: XmlElement | undefined, draft: Draft): void => {
  const told = new Set<string>();
  const tell = (path: string, value: string, line: number): void => {
    if (value === '' || told.has(path)) return;
    told.add(path);
    const reason = `The mapping has no rule for it (line ${line}).`;
    draft.find('element-not-read', { element: path, value, reason });
  };
  const look = (element: XmlElement, path: string, rule: Rule): void => {
    for (const [name, value] of Object.entries(element.attributes))
      if (rule[`@${name}`] === undefined && !name.startsWith('xmlns'))
        tell(`${path}/@${name}`, value, element.line);
    for (const child of element.children) {
      if (typeof child === 'string') continue;
      const below = path === '' ? child.name : `${path}/${child.name}`;
      const next = rule[child.name];
      if (next === undefined || next === 'empty') tell(below, contentOf(child), child.line);
      else if (next !== 'known') look(child, below, next);
    }
  };
  if (header) look(header, '', headerRule);
};

const contentOf = (element: XmlElement): string =>
  textOf(element) || Object.values(element.attributes).join(' ');
