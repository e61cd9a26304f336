/**
 * Codices whose parts lie in several places today, as the column `other_holdings` and the records
 * behind it propose. Membership is never stated here: each row makes its own claims.
 */
export interface Codex {
  readonly key: string;
  /** Dataset that mints the codex: that of the rows which propose it. */
  readonly dataset: 'manuscripts-corpus-coranicum' | 'manuscripts-curated';
  readonly label: { readonly en: string; readonly ar: string };
  /** Rows that propose it. */
  readonly rows: readonly string[];
}

const corpus = 'manuscripts-corpus-coranicum';
const curated = 'manuscripts-curated';

export const codices: readonly Codex[] = [
  {
    key: 'parisino-petropolitanus',
    dataset: corpus,
    label: { en: 'Codex Parisino-petropolitanus', ar: 'مصحف باريس وبطرسبرغ' },
    rows: ['ms001', 'ms002', 'ms003', 'ms004', 'ms005'],
  },
  {
    key: 'paris-birmingham',
    dataset: corpus,
    label: { en: 'Paris-Birmingham codex', ar: 'مصحف باريس وبرمنغهام' },
    rows: ['ms006', 'ms007'],
  },
  {
    key: 'birmingham-1572b',
    dataset: corpus,
    label: {
      en: 'Codex of Birmingham 1572b, Marcel 17 and MS.67',
      ar: 'مصحف برمنغهام 1572b ومارسيل 17 و MS.67',
    },
    rows: ['ms008', 'ms049'],
  },
  {
    key: 'or-2165',
    dataset: corpus,
    label: { en: 'Codex of Or. 2165', ar: 'مصحف Or. 2165' },
    rows: ['ms009', 'ms010', 'ms011'],
  },
  {
    key: 'arabe-328-d',
    dataset: corpus,
    label: { en: 'Codex of Arabe 328 (d)', ar: 'مصحف Arabe 328 (d)' },
    rows: ['ms013'],
  },
  {
    key: 'berlin-cairo',
    dataset: corpus,
    label: {
      en: 'Codex of Berlin Ms. or. fol. 4313 and Cairo Qāf 47',
      ar: 'مصحف برلين Ms. or. fol. 4313 والقاهرة ق ٤٧',
    },
    rows: ['ms014', 'ms015'],
  },
  {
    key: 'wetzstein-1913',
    dataset: corpus,
    label: { en: 'Codex of Wetzstein II 1913', ar: 'مصحف Wetzstein II 1913' },
    rows: ['ms017'],
  },
  {
    key: 'leiden-14545a',
    dataset: corpus,
    label: { en: 'Codex of Leiden Cod.or. 14.545a', ar: 'مصحف ليدن Cod.or. 14.545a' },
    rows: ['ms018', 'ms021', 'ms022', 'ms023', 'ms024', 'ms027'],
  },
  {
    key: 'leiden-14545bc',
    dataset: corpus,
    label: { en: 'Codex of Leiden Cod.or. 14.545b and c', ar: 'مصحف ليدن Cod.or. 14.545b و c' },
    rows: ['ms019', 'ms020', 'ms025', 'ms026', 'ms047', 'ms065'],
  },
  {
    key: 'sanaa-1',
    dataset: corpus,
    label: { en: 'Codex Ṣanʿāʾ 1 (Sanaa palimpsest)', ar: 'مصحف صنعاء ١ (طرس صنعاء)' },
    rows: ['ms030', 'ms031', 'ms032'],
  },
  {
    key: 'marcel-13',
    dataset: corpus,
    label: { en: 'Umayyad codex of Marcel 13', ar: 'المصحف الأموي Marcel 13' },
    rows: ['ms046', 'ms066'],
  },
  {
    key: 'marcel-9',
    dataset: corpus,
    label: { en: 'Codex of Marcel 9 and the Rennes fragments', ar: 'مصحف مارسيل 9 وأوراق رين' },
    rows: ['ms048', 'ms050'],
  },
  {
    key: 'katta-langar',
    dataset: corpus,
    label: { en: 'Katta Langar Qurʾan', ar: 'مصحف كتّه لنگر' },
    rows: ['ms051', 'ms052', 'ms053', 'ms054', 'ms055'],
  },
  {
    key: 'is-1615-i',
    dataset: corpus,
    label: { en: 'Codex of Chester Beatty Is 1615 I', ar: 'مصحف تشستر بيتي Is 1615 I' },
    rows: ['ms057'],
  },
  {
    key: 'is-1615-ii',
    dataset: corpus,
    label: { en: 'Codex of Chester Beatty Is 1615 II', ar: 'مصحف تشستر بيتي Is 1615 II' },
    rows: ['ms058', 'ms067'],
  },
  {
    key: 'is-1417',
    dataset: corpus,
    label: { en: 'Codex of Chester Beatty Is 1417', ar: 'مصحف تشستر بيتي Is 1417' },
    rows: ['ms059'],
  },
  {
    key: 'add-1125',
    dataset: corpus,
    label: { en: 'Codex of Cambridge MS Add.1125', ar: 'مصحف كامبريدج MS Add.1125' },
    rows: ['ms062'],
  },
  {
    key: 'tehran-10950',
    dataset: corpus,
    label: { en: 'Codex of Tehran ms. no. 10950', ar: 'مصحف طهران رقم 10950' },
    rows: ['ms071'],
  },
  {
    key: 'blue-quran',
    dataset: corpus,
    label: { en: 'Blue Qurʾan', ar: 'المصحف الأزرق' },
    rows: ['ms072', 'ms073', 'ms074'],
  },
  {
    key: 'mashhad',
    dataset: curated,
    label: { en: 'Codex Mashhad', ar: 'مصحف مشهد' },
    rows: ['ms075', 'ms076'],
  },
  {
    key: 'samarkand',
    dataset: curated,
    label: { en: 'Samarkand Kufic Qurʾan and its leaves', ar: 'مصحف سمرقند الكوفي وأوراقه' },
    rows: ['ms077'],
  },
  {
    key: 'amajur',
    dataset: curated,
    label: { en: 'Qurʾan of Amajur', ar: 'مصحف أماجور' },
    rows: ['ms080'],
  },
  {
    key: 'baysunqur',
    dataset: curated,
    label: { en: 'Baysunqur Qurʾan', ar: 'مصحف بايسنقر' },
    rows: ['ms082', 'ms083'],
  },
  {
    key: 'kansuh-al-ghuri',
    dataset: curated,
    label: { en: 'Qurʾan of Kansuh al-Ghuri', ar: 'مصحف قانصوه الغوري' },
    rows: ['ms084'],
  },
];

/** A part that the catalogue has a record of, found there by holder and shelfmark. */
export interface CataloguePart {
  readonly ccId: string;
  readonly shelfmark: string;
  readonly repository: number;
}

/** Names of parts in `other_holdings` that are rows of the table. */
export const partRows: Readonly<Record<string, string>> = {
  'BnF Arabe 328 (a)': 'ms001',
  'BnF Arabe 328 (b)': 'ms002',
  'NLR Marcel 18/1': 'ms003',
  'Vat. Ar. 1605 (1)': 'ms004',
  'Khalili KFQ 60': 'ms005',
  'BnF Arabe 328 (c)': 'ms006',
  'Birmingham Islamic Arabic 1572a': 'ms007',
  'Birmingham Islamic Arabic 1572b': 'ms008',
  'British Library Or. 2165': 'ms009',
  'al-Sabah LNS 19 CA ab': 'ms010',
  'BnF Arabe 328 (e)': 'ms011',
  'Berlin Ms. or. fol. 4313': 'ms014',
  'Cairo Qāf 47': 'ms015',
  'Leiden Cod.or. 14.545a': 'ms018',
  'Leiden Cod.or. 14.545b': 'ms019',
  'Leiden Cod.or. 14.545c': 'ms020',
  'MIA Doha MS.276': 'ms021',
  'NLR Marcel 5': 'ms022',
  'Khalili KFQ 50': 'ms023',
  'Penn Museum E 16264 K': 'ms024',
  'Chicago A 6959': 'ms025',
  'Chicago A 6990': 'ms026',
  'Chicago A 6958': 'ms027',
  'DAM 01-27.1': 'ms030',
  'David Collection 86/2003': 'ms031',
  'NLR Marcel 13': 'ms046',
  'NLR Marcel 3': 'ms047',
  'NLR Marcel 9': 'ms048',
  'NLR Marcel 17': 'ms049',
  'MIA Doha MS.2013.29.1 (Rennes 1)': 'ms050',
  'IOM RAS E-20': 'ms051',
  'Katta Langar mausoleum leaves': 'ms052',
  'Bukhara Ibn Sina Library leaves': 'ms053',
  'Tashkent Biruni Institute 11604': 'ms054',
  'Tashkent Muslim Board leaf': 'ms055',
  'Chester Beatty Is 1615 I': 'ms057',
  'Chester Beatty Is 1615 II': 'ms058',
  'BnF Arabe 331': 'ms065',
  'BnF Arabe 330 (c)': 'ms066',
  'BnF Arabe 330 (g)': 'ms067',
  'Met 2004.88': 'ms072',
  'Raqqada Rutbi 196': 'ms073',
  'Aga Khan Museum AKM 00477': 'ms074',
  'Astan Quds Razavi MS 18': 'ms075',
  'Astan Quds Razavi MS 4116': 'ms076',
  'Astan Quds Razavi sheets (Mashhad)': 'ms082',
  'Khalili QUR 486': 'ms083',
};

/** Names of parts that are records of the catalogue, though no row of the table. */
export const partRecords: Readonly<Record<string, CataloguePart>> = {
  'BnF Arabe 326 (a)': { ccId: '27', shelfmark: 'Arabe 326 (a)', repository: 3 },
  'BnF Arabe 335': { ccId: '37', shelfmark: 'Arabe 335', repository: 3 },
  'BnF Arabe 6087': { ccId: '327', shelfmark: 'Arabe 6087', repository: 3 },
  'BnF Arabe 6140 (a)': { ccId: '49', shelfmark: 'Arabe 6140 (a)', repository: 3 },
  'Chester Beatty Is 1417B': { ccId: '1603', shelfmark: 'Is 1417B', repository: 6 },
  'Chester Beatty Is 1417C': { ccId: '1604', shelfmark: 'Is 1417C', repository: 6 },
  'Chester Beatty Is 1417D': { ccId: '1605', shelfmark: 'Is 1417D', repository: 6 },
  'Eskenazi Museum 63.41': { ccId: '1329', shelfmark: '63.41', repository: 83 },
  'Khalili KFQ 34': { ccId: '168', shelfmark: 'KFQ 34', repository: 48 },
  'Khalili KFQ 64': { ccId: '1008', shelfmark: 'KFQ 64', repository: 48 },
  'MIA Doha MS.2013.29.2 (Rennes 2)': {
    ccId: '520',
    shelfmark: 'MS.2013.29.2 ("Rennes 2")',
    repository: 52,
  },
  'MIA Doha MS.68': { ccId: '426', shelfmark: 'MS.68', repository: 52 },
  'MIA Doha MS.69': { ccId: '1149', shelfmark: 'MS.69', repository: 52 },
  'MIA Doha MS.699': { ccId: '423', shelfmark: 'MS.699', repository: 52 },
  'MIA Doha MS.70': { ccId: '1152', shelfmark: 'MS.70', repository: 52 },
  'NLR Marcel 11': { ccId: '523', shelfmark: 'Marcel 11', repository: 23 },
  'NLR Marcel 15': { ccId: '2339', shelfmark: 'Marcel 15', repository: 23 },
  'NLR Marcel 16': { ccId: '507', shelfmark: 'Marcel 16', repository: 23 },
  'NLR Marcel 18/2': { ccId: '880', shelfmark: 'Marcel 18/2', repository: 23 },
  'NLR Marcel 18/3': { ccId: '881', shelfmark: 'Marcel 18/3', repository: 23 },
  'Penn Museum E 16264 R': { ccId: '886', shelfmark: 'E 16264 R', repository: 18 },
  'Qatar National Library HC.MS.03223': { ccId: '1458', shelfmark: 'HC.MS.03223', repository: 84 },
  'Topkapı E.H. 30': { ccId: '1427', shelfmark: 'E. H. 30 [= Karatay 53]', repository: 7 },
};

/** Rows that describe an object of another row: the lower text of a palimpsest leaf. */
export const sameObject: Readonly<Record<string, string>> = { ms032: 'ms031' };
