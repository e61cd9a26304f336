import type { Translated } from './strings.ts';

/** Words of the start page. */
export const homeStrings = {
  homeLead: {
    en: 'Which manuscripts bear this verse, and who says so?',
    ar: 'أيُّ المخطوطات تحمل هذه الآية، ومن قال بذلك؟',
  },
  homeAbout: {
    en: 'Isnad brings together what scholars, libraries and societies have recorded about the manuscripts of the Qur’an: where they are, which verses each page bears, how they are dated, who works on them, how they are conserved, and who funds the work. Each statement keeps its source and its licence, and where scholars disagree both are shown.',
    ar: 'يجمع «إسناد» ما دوّنه الباحثون والمكتبات والجمعيات عن مخطوطات القرآن الكريم: أين هي، وأيُّ الآيات في كل صفحة، وكيف أُرِّخت، ومن يدرسها، وكيف تُصان، ومن يموّل العمل عليها. ولكل قول مصدره ورخصته، وإذا اختلف الباحثون عُرضت أقوالهم جميعًا.',
  },
  homeLookupLabel: { en: 'Verse or range', ar: 'آية أو مدى من الآيات' },
  homeLookupHint: {
    en: 'Sūra and verse in the Kufan count, as in 2:255 or 2:255-2:257',
    ar: 'رقم السورة والآية بالعدّ الكوفي، مثل ‎2:255‎ أو ‎2:255-2:257',
  },
  homeLookupButton: { en: 'Find witnesses', ar: 'اعرض الشواهد' },
  homeAllSuras: { en: 'All 114 sūras', ar: 'السور كلها' },
  homeHolds: { en: 'What is held here', ar: 'ما في هذه المجموعة' },
  homeAreas: { en: 'Four kinds of work', ar: 'أربعة ميادين' },
  areaResearch: { en: 'Research and exchange', ar: 'البحث والتبادل العلمي' },
  areaResearchAbout: {
    en: 'Manuscripts and the verses they bear, scholars, projects, and what they have published.',
    ar: 'المخطوطات وما تحمله من الآيات، والباحثون والمشاريع وما نشروه.',
  },
  areaConservation: { en: 'Conservation', ar: 'الصيانة والترميم' },
  areaConservationAbout: {
    en: 'Campaigns, treatments, analyses and digitisation: what was done, by whom, paid by whom.',
    ar: 'حملات الترميم والمعالجات والتحاليل والرقمنة: ما أُنجز، ومن أنجزه، ومن موّله.',
  },
  areaEducation: { en: 'Education and outreach', ar: 'التعليم والتعريف' },
  areaEducationAbout: {
    en: 'Exhibitions, conferences, seminars, courses and programmes of study.',
    ar: 'المعارض والمؤتمرات والندوات والدورات والبرامج الدراسية.',
  },
  areaAid: { en: 'Scholarships and aid', ar: 'المنح والدعم' },
  areaAidAbout: {
    en: 'Funding schemes, calls, awards and prizes, and who may apply.',
    ar: 'برامج التمويل والدعوات والجوائز والمنح، ومن يحقّ له التقدّم إليها.',
  },
  homeNothingYet: { en: 'Nothing has been loaded yet.', ar: 'لم يُحمَّل شيء بعد.' },
  homeDatasets: { en: 'Datasets and licences', ar: 'مجموعات البيانات ورخصها' },
  homeMachines: { en: 'For machines', ar: 'للبرامج' },
  homeMachinesAbout: {
    en: 'Every record answers as JSON-LD, Turtle, N-Triples and RDF/XML at its own address; the SPARQL endpoint is open to all.',
    ar: 'يجيب كل سجل في عنوانه بصيغ JSON-LD وTurtle وN-Triples وRDF/XML، ونقطة SPARQL مفتوحة للجميع.',
  },
  homeExamples: { en: 'for example', ar: 'مثلًا' },
} as const satisfies Record<string, Translated>;
