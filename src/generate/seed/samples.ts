import { checkedOn } from './funding.ts';
import { concept, createGraph, record, type Graph, type Node } from './graph.ts';
import { boolean, date, decimal, text } from './turtle.ts';

/**
 * Calls and needs made up to show how such records work: no such money or work is on offer. Each says
 * so in its name, in a note, and by `isnad:synthetic`.
 */

interface Words {
  readonly en: string;
  readonly ar: string;
}

interface SampleCall {
  readonly key: string;
  readonly label: Words;
  readonly kind: string;
  readonly amount: string;
  readonly currency: string;
  readonly eligibility: Words;
  readonly countries: readonly string[];
  readonly opensOn: string;
  readonly closesOn: string;
}

const calls: readonly SampleCall[] = [
  {
    key: 'doctoral-palaeography',
    label: {
      en: 'Doctoral scholarship in Qurʾanic palaeography',
      ar: 'منحة دكتوراه في الباليوغرافيا القرآنية',
    },
    kind: 'scholarship',
    amount: '18000',
    currency: 'EUR',
    eligibility: { en: 'doctoral students of any country', ar: 'طلاب الدكتوراه من أيّ بلد' },
    countries: [],
    opensOn: '2026-11-01',
    closesOn: '2027-01-31',
  },
  {
    key: 'masters-arabic-manuscripts',
    label: {
      en: 'Master’s scholarship in Arabic manuscript studies',
      ar: 'منحة ماجستير في دراسات المخطوط العربي',
    },
    kind: 'scholarship',
    amount: '9000',
    currency: 'USD',
    eligibility: {
      en: 'students in financial need from Indonesia, Malaysia and Yemen',
      ar: 'الطلاب المحتاجون من إندونيسيا وماليزيا واليمن',
    },
    countries: ['ID', 'MY', 'YE'],
    opensOn: '2026-10-15',
    closesOn: '2026-12-31',
  },
  {
    key: 'conservation-small-grants',
    label: {
      en: 'Small grants for the conservation of Qurʾan leaves',
      ar: 'منح صغيرة لصيانة أوراق المصاحف',
    },
    kind: 'conservation-grant',
    amount: '4000',
    currency: 'GBP',
    eligibility: {
      en: 'libraries and private owners; student conservators may take part',
      ar: 'المكتبات والملّاك الأفراد، ويمكن لطلاب الصيانة المشاركة',
    },
    countries: [],
    opensOn: '2026-11-15',
    closesOn: '2027-02-15',
  },
  {
    key: 'travel-reading-room',
    label: { en: 'Travel grant for work in a reading room', ar: 'منحة سفر للعمل في قاعة المطالعة' },
    kind: 'travel-grant',
    amount: '1200',
    currency: 'EUR',
    eligibility: {
      en: 'early career scholars without a post',
      ar: 'الباحثون في بداية مسيرتهم من غير وظيفة',
    },
    countries: [],
    opensOn: '2027-01-01',
    closesOn: '2027-03-31',
  },
  {
    key: 'summer-school-fees',
    label: {
      en: 'Fee waivers for a summer school on codicology',
      ar: 'إعفاء من رسوم مدرسة صيفية في الكوديكولوجيا',
    },
    kind: 'fee-reduction',
    amount: '600',
    currency: 'EUR',
    eligibility: {
      en: 'students and volunteers of partner libraries',
      ar: 'طلاب المكتبات الشريكة ومتطوّعوها',
    },
    countries: [],
    opensOn: '2026-09-01',
    closesOn: '2026-10-31',
  },
];

interface SampleNeed {
  readonly key: string;
  readonly label: Words;
  readonly kind: string;
  readonly expertise: string;
  readonly concerns: string;
  readonly neededBy: string;
  readonly isForVolunteers: boolean;
}

const needs: readonly SampleNeed[] = [
  {
    key: 'parchment-conservator',
    label: {
      en: 'Parchment conservator wanted for a survey of fragments',
      ar: 'مطلوب مرمّم رقوق لمسح شذرات',
    },
    kind: 'expertise',
    expertise: 'conservator',
    concerns: 'about forty parchment fragments of a provincial library',
    neededBy: '2027-04-30',
    isForVolunteers: false,
  },
  {
    key: 'volunteer-photographers',
    label: {
      en: 'Volunteers wanted to photograph mosque manuscripts',
      ar: 'مطلوب متطوّعون لتصوير مخطوطات المساجد',
    },
    kind: 'volunteers',
    expertise: 'volunteer',
    concerns: 'two hundred volumes of three mosques',
    neededBy: '2027-06-30',
    isForVolunteers: true,
  },
];

const sampleProvider = 'Sample society (does not exist)';

const addSample = (node: Node, label: Words): Node =>
  node
    .add('rdfs:label', text(`Sample: ${label.en}`, 'en'), text(`نموذج: ${label.ar}`, 'ar'))
    .add('isnad:synthetic', boolean(true))
    .add(
      'skos:note',
      text('Made up to show how such a record works; there is no such offer.', 'en'),
      text('سجلّ مصنوع لبيان طريقة العمل، ولا وجود لمثل هذا العرض.', 'ar'),
    )
    .add('isnad:checkedOn', date(checkedOn));

const addCall = (graph: Graph, call: SampleCall): void => {
  addSample(record(graph, 'Call', call.key), call.label)
    .add('isnad:fundingKind', concept('funding-kind', call.kind))
    .add('isnad:providerName', text(sampleProvider))
    .add('isnad:amount', decimal(call.amount))
    .add('isnad:amountIsMaximum', boolean(true))
    .add('isnad:currency', text(call.currency))
    .add('isnad:eligibility', text(call.eligibility.en, 'en'), text(call.eligibility.ar, 'ar'))
    .add('isnad:eligibleCountryCode', ...call.countries.map((code) => text(code)))
    .add('isnad:opensOn', date(call.opensOn))
    .add('isnad:closesOn', date(call.closesOn));
};

const addNeed = (graph: Graph, need: SampleNeed): void => {
  addSample(record(graph, 'Need', need.key), need.label)
    .add('isnad:needKind', concept('need-kind', need.kind))
    .add('isnad:soughtByName', text(sampleProvider))
    .add('isnad:expertise', concept('role', need.expertise))
    .add('isnad:concernsAsWritten', text(need.concerns))
    .add('isnad:volunteersSought', boolean(need.isForVolunteers))
    .add('isnad:neededBy', date(need.neededBy));
};

/** Sample calls and needs. */
export const samplesGraph = (): Graph => {
  const graph = createGraph('calls-samples');
  for (const call of calls) addCall(graph, call);
  for (const need of needs) addNeed(graph, need);
  return graph;
};
