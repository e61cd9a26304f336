import { outside } from '../../model/terms.ts';
import type { Graph } from './graph.ts';
import { boolean, iri, term, text, type Statements } from './turtle.ts';

/** What each seed dataset says of itself, and what its file says of it in its header. */
interface DatasetDescription {
  readonly slug: string;
  readonly title: { readonly en: string; readonly ar: string };
  readonly description: { readonly en: string; readonly ar: string };
  readonly licence: string;
  readonly licenceName: string;
  readonly rightsHolder: string;
  readonly attribution: string;
  readonly sources: readonly string[];
  /** What was done to the source, as its licence asks us to say. */
  readonly changes: string;
  readonly isSynthetic?: boolean;
}

const compilers = 'The compilers of Isnad';

const ownFacts = {
  licence: outside.cc0,
  licenceName: 'CC0 1.0',
  rightsHolder: compilers,
  sources: [],
  changes: 'Facts compiled by us from the sources that each record names.',
} as const;

const ownAttribution = (title: string): string => `Isnad: “${title}”, CC0 1.0.`;

const own = (
  slug: string,
  title: DatasetDescription['title'],
  description: DatasetDescription['description'],
): DatasetDescription => ({
  slug,
  title,
  description,
  ...ownFacts,
  attribution: ownAttribution(title.en),
});

const teiRepository = 'https://github.com/telota/corpus-coranicum-tei';

const citation =
  'Corpus Coranicum Project, ed. Michael Marx. TEI Data. Berlin-Brandenburg Academy of Sciences and Humanities. https://github.com/telota/corpus-coranicum-tei';

const corpusChanges =
  'Selected fields of 72 records were taken over into a table (shelfmark, holder, script, material, extent, dates, radiocarbon values, sister parts, text) and the table turned into statements; page extents were merged into ranges; names of parts were matched with records by holder and shelfmark. Images and the prose of the descriptions are not included.';

/** The datasets, in the order in which their files are written. */
const datasets: readonly DatasetDescription[] = [
  own(
    'places',
    { en: 'Places', ar: 'أماكن' },
    {
      en: 'Cities and countries that the other seed datasets name.',
      ar: 'المدن والبلدان المذكورة في مجموعات البيانات الأولية الأخرى.',
    },
  ),
  own(
    'institutions',
    { en: 'Institutions', ar: 'مؤسّسات' },
    {
      en: 'Societies, libraries, museums, universities and funders; founding dates as claims.',
      ar: 'جمعيات ومكتبات ومتاحف وجامعات وجهات مانحة، وتواريخ تأسيسها أقوال منسوبة.',
    },
  ),
  own(
    'scholars',
    { en: 'Scholars, readers, scribes and collectors', ar: 'علماء وقرّاء وخطّاطون وجامعو مخطوطات' },
    {
      en: 'People with their published field and affiliation. No dates of living people.',
      ar: 'أشخاص مع تخصّصهم وانتسابهم المنشورين، بلا تواريخ للأحياء.',
    },
  ),
  own(
    'projects',
    { en: 'Research projects and collaborations', ar: 'مشاريع بحثية وتعاون' },
    {
      en: 'Research projects with their people, partners and funders, and collaborations.',
      ar: 'مشاريع بحثية مع القائمين عليها وشركائها ومموّليها، وأشكال التعاون.',
    },
  ),
  own(
    'outputs',
    { en: 'Research outputs', ar: 'نتاج بحثي' },
    {
      en: 'Books, articles, editions, catalogues and datasets.',
      ar: 'كتب ومقالات وتحقيقات وفهارس ومجموعات بيانات.',
    },
  ),
  own(
    'events',
    { en: 'Exhibitions, conferences and launches', ar: 'معارض ومؤتمرات وحفلات إطلاق' },
    {
      en: 'Events of the past twenty years, with organisers and venues.',
      ar: 'فعاليات العشرين سنة الماضية مع منظّميها وأماكنها.',
    },
  ),
  own(
    'education',
    { en: 'Programmes and learning resources', ar: 'برامج وموارد تعليمية' },
    {
      en: 'Programmes of institutions, and pages that show manuscripts to the public.',
      ar: 'برامج المؤسّسات، وصفحات تعرّف الجمهور بالمخطوطات.',
    },
  ),
  own(
    'conservation',
    { en: 'Conservation, analysis and digitisation', ar: 'صيانة وتحليل ورقمنة' },
    {
      en: 'Campaigns, treatments, analyses and digitisations, each typed by what was done.',
      ar: 'حملات ومعالجات وتحاليل وأعمال رقمنة، كلّ منها مصنّف بحسب ما أُنجز.',
    },
  ),
  own(
    'funding',
    { en: 'Funding schemes and awards', ar: 'برامج تمويل ومنح ممنوحة' },
    {
      en: 'Schemes with the day they were checked, and grants once given. No open calls.',
      ar: 'برامج تمويل مع تاريخ التحقّق منها، ومنح سبق منحها. لا دعوات مفتوحة فيها.',
    },
  ),
  {
    ...own(
      'calls-samples',
      { en: 'Sample calls and needs (made up)', ar: 'نماذج دعوات واحتياجات (مصنوعة)' },
      {
        en: 'Made-up records that show how calls and needs work. None of them is a real offer.',
        ar: 'سجلّات مصنوعة تبيّن عمل الدعوات والاحتياجات، وليس فيها عرض حقيقي.',
      },
    ),
    changes: 'Made up by us; no source.',
    isSynthetic: true,
  },
  own(
    'manuscripts-curated',
    { en: 'Manuscripts, curated facts', ar: 'مخطوطات: حقائق مجموعة' },
    {
      en: 'Facts of nineteen manuscripts and collections from publications and web pages.',
      ar: 'حقائق عن تسعة عشر مخطوطًا ومجموعة من منشورات وصفحات.',
    },
  ),
  {
    slug: 'manuscripts-corpus-coranicum',
    title: {
      en: 'Manuscripts, curated from the Corpus Coranicum',
      ar: 'مخطوطات منتقاة من كوربوس كورانيكوم',
    },
    description: {
      en: 'Statements about 72 records of the Corpus Coranicum catalogue: scripts, dates, radiocarbon, text, sister parts. The records themselves are those of dataset corpus-coranicum. Images and prose are excluded.',
      ar: 'أقوال عن 72 سجلًّا من فهرس كوربوس كورانيكوم: الخطّ والتاريخ والكربون المشعّ والنصّ والأجزاء الشقيقة. السجلّات نفسها سجلّات المجموعة corpus-coranicum. لا تشمل الصور ولا الأوصاف النثرية.',
    },
    licence: outside.ccBySa40,
    licenceName: 'CC BY-SA 4.0',
    rightsHolder: '© Berlin-Brandenburgische Akademie der Wissenschaften 2024',
    attribution: `${citation}. CC BY-SA 4.0. Changed by Isnad: ${corpusChanges}`,
    sources: [teiRepository],
    changes: corpusChanges,
  },
  own(
    'links',
    { en: 'Reviewed links between datasets', ar: 'روابط مراجَعة بين مجموعات البيانات' },
    {
      en: 'Records of different datasets that are the same thing, each link with its ground.',
      ar: 'سجلّات من مجموعات مختلفة لشيء واحد، ولكلّ رابط حجّته.',
    },
  ),
];

/** The description of a dataset. */
const describedDataset = (slug: string): DatasetDescription => {
  const found = datasets.find((each) => each.slug === slug);
  if (!found) throw new Error(`The dataset ${slug} is not described.`);
  return found;
};

/** The graph’s statements with those about the dataset itself in front. */
export const withDescription = (graph: Graph, emptyGraph: Graph): Statements => {
  const about = describedDataset(graph.slug);
  emptyGraph
    .node(`dataset/${about.slug}`)
    .add('rdf:type', term('isnad:Dataset'), term('dcat:Dataset'))
    .add('isnad:slug', text(about.slug))
    .add('rdfs:label', text(about.title.en, 'en'), text(about.title.ar, 'ar'))
    .add('dcterms:title', text(about.title.en, 'en'), text(about.title.ar, 'ar'))
    .add('dcterms:description', text(about.description.en, 'en'), text(about.description.ar, 'ar'))
    .add('dcterms:license', iri(about.licence))
    .add('dcterms:rightsHolder', text(about.rightsHolder))
    .add('isnad:attribution', text(about.attribution))
    .add('dcterms:source', ...about.sources.map(iri))
    .add('isnad:sourceText', about.sources.length === 0 ? text(about.changes) : undefined)
    .add('skos:note', about.sources.length === 0 ? undefined : text(about.changes, 'en'))
    .add('isnad:synthetic', about.isSynthetic === true ? boolean(true) : undefined);
  return new Map([...emptyGraph.statements, ...graph.statements]);
};

/** The header comment of a dataset’s file. */
export const headingOf = (slug: string): readonly string[] => {
  const about = describedDataset(slug);
  return [
    `${about.title.en}. ${about.description.en}`,
    `Licence: ${about.licenceName} (${about.licence})`,
    `Rights holder: ${about.rightsHolder}`,
    `Attribution: ${about.attribution}`,
    `Changes: ${about.changes}`,
    'Generated by `npm run generate -- seed`; do not edit. IRIs without a scheme are relative to the base of the installation.',
  ];
};
