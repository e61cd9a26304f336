/**
 * The ten readers and their transmitters, so that each concept of scheme `reading-tradition` has its
 * person. Seven of them are rows of the table of scholars, which has their short names only; the rest
 * stand here. Names and years are those that the concepts' definitions give.
 */
export interface Reader {
  /** Id of the row of the table of scholars, or a key of our own. */
  readonly key: string;
  readonly latin: string;
  readonly arabic: string;
  /** Names in common use beside the full one. */
  readonly short?: { readonly latin: string; readonly arabic: string };
  /** City of a reader; a transmitter has none here. */
  readonly city?: string;
  /** Usual Hijri year of death; left out for the rows of the table, which state their own. */
  readonly diedAh?: number;
  /** Concepts of scheme `reading-tradition` that go by this person's name. */
  readonly readings: readonly string[];
}

const readersOfTheTable: readonly Reader[] = [
  {
    key: 'pers049',
    latin: 'Nāfiʿ ibn ʿAbd al-Raḥmān ibn Abī Nuʿaym al-Laythī',
    arabic: 'نافع بن عبد الرحمن بن أبي نعيم الليثي',
    readings: ['nafi'],
  },
  {
    key: 'pers050',
    latin: 'ʿAbd Allāh ibn Kathīr al-Dārī',
    arabic: 'عبد الله بن كثير الداري',
    readings: ['ibn-kathir'],
  },
  {
    key: 'pers051',
    latin: 'Abū ʿAmr ibn al-ʿAlāʾ al-Baṣrī',
    arabic: 'أبو عمرو بن العلاء البصري',
    readings: ['abu-amr'],
  },
  {
    key: 'pers052',
    latin: 'ʿAbd Allāh ibn ʿĀmir al-Yaḥṣubī',
    arabic: 'عبد الله بن عامر اليحصبي',
    readings: ['ibn-amir'],
  },
  {
    key: 'pers053',
    latin: 'ʿĀṣim ibn Abī al-Najūd',
    arabic: 'عاصم بن أبي النجود',
    readings: ['asim'],
  },
  {
    key: 'pers054',
    latin: 'Ḥamza ibn Ḥabīb al-Zayyāt',
    arabic: 'حمزة بن حبيب الزيّات',
    readings: ['hamza'],
  },
  {
    key: 'pers055',
    latin: 'ʿAlī ibn Ḥamza al-Kisāʾī',
    arabic: 'عليّ بن حمزة الكسائي',
    readings: ['kisai'],
  },
];

const furtherReaders: readonly Reader[] = [
  {
    key: 'reader-abu-jafar',
    latin: 'Abū Jaʿfar Yazīd ibn al-Qaʿqāʿ al-Makhzūmī',
    arabic: 'أبو جعفر يزيد بن القعقاع المخزومي',
    short: { latin: 'Abū Jaʿfar', arabic: 'أبو جعفر' },
    city: 'Medina',
    diedAh: 130,
    readings: ['abu-jafar'],
  },
  {
    key: 'reader-yaqub',
    latin: 'Yaʿqūb ibn Isḥāq al-Ḥaḍramī',
    arabic: 'يعقوب بن إسحاق الحضرمي',
    short: { latin: 'Yaʿqūb', arabic: 'يعقوب' },
    city: 'Basra',
    diedAh: 205,
    readings: ['yaqub'],
  },
  {
    key: 'reader-khalaf',
    latin: 'Khalaf ibn Hishām al-Bazzār',
    arabic: 'خلف بن هشام البزّار',
    short: { latin: 'Khalaf', arabic: 'خلف العاشر' },
    city: 'Baghdad',
    diedAh: 229,
    readings: ['khalaf', 'hamza-khalaf'],
  },
];

type TransmitterRow = readonly [
  key: string,
  short: readonly [latin: string, arabic: string],
  full: readonly [latin: string, arabic: string],
  diedAh: number,
  ...readings: readonly string[],
];

const transmitterRows: readonly TransmitterRow[] = [
  ['qalun', ['Qālūn', 'قالون'], ['ʿĪsā ibn Mīnā', 'عيسى بن مينا'], 220, 'nafi-qalun'],
  ['warsh', ['Warsh', 'ورش'], ['ʿUthmān ibn Saʿīd', 'عثمان بن سعيد'], 197, 'nafi-warsh'],
  [
    'bazzi',
    ['al-Bazzī', 'البزّي'],
    ['Aḥmad ibn Muḥammad ibn ʿAbd Allāh', 'أحمد بن محمد بن عبد الله'],
    250,
    'ibn-kathir-bazzi',
  ],
  [
    'qunbul',
    ['Qunbul', 'قنبل'],
    ['Muḥammad ibn ʿAbd al-Raḥmān al-Makhzūmī', 'محمد بن عبد الرحمن المخزومي'],
    291,
    'ibn-kathir-qunbul',
  ],
  [
    'duri',
    ['al-Dūrī', 'الدوري'],
    ['Ḥafṣ ibn ʿUmar', 'حفص بن عمر'],
    246,
    'abu-amr-duri',
    'kisai-duri',
  ],
  ['susi', ['al-Sūsī', 'السوسي'], ['Ṣāliḥ ibn Ziyād', 'صالح بن زياد'], 261, 'abu-amr-susi'],
  ['hisham', ['Hishām', 'هشام'], ['Hishām ibn ʿAmmār', 'هشام بن عمّار'], 245, 'ibn-amir-hisham'],
  [
    'ibn-dhakwan',
    ['Ibn Dhakwān', 'ابن ذكوان'],
    ['ʿAbd Allāh ibn Aḥmad', 'عبد الله بن أحمد'],
    242,
    'ibn-amir-ibn-dhakwan',
  ],
  ['shuba', ['Shuʿba', 'شعبة'], ['Abū Bakr ibn ʿAyyāsh', 'أبو بكر بن عيّاش'], 193, 'asim-shuba'],
  ['hafs', ['Ḥafṣ', 'حفص'], ['Ḥafṣ ibn Sulaymān', 'حفص بن سليمان'], 180, 'asim-hafs'],
  ['khallad', ['Khallād', 'خلّاد'], ['Khallād ibn Khālid', 'خلّاد بن خالد'], 220, 'hamza-khallad'],
  [
    'abu-al-harith',
    ['Abū al-Ḥārith', 'أبو الحارث'],
    ['al-Layth ibn Khālid', 'الليث بن خالد'],
    240,
    'kisai-abu-al-harith',
  ],
  [
    'ibn-wardan',
    ['Ibn Wardān', 'ابن وردان'],
    ['ʿĪsā ibn Wardān', 'عيسى بن وردان'],
    160,
    'abu-jafar-ibn-wardan',
  ],
  [
    'ibn-jammaz',
    ['Ibn Jammāz', 'ابن جمّاز'],
    ['Sulaymān ibn Muslim', 'سليمان بن مسلم'],
    170,
    'abu-jafar-ibn-jammaz',
  ],
  [
    'ruways',
    ['Ruways', 'رويس'],
    ['Muḥammad ibn al-Mutawakkil', 'محمد بن المتوكّل'],
    238,
    'yaqub-ruways',
  ],
  ['rawh', ['Rawḥ', 'روح'], ['Rawḥ ibn ʿAbd al-Muʾmin', 'روح بن عبد المؤمن'], 234, 'yaqub-rawh'],
  [
    'ishaq',
    ['Isḥāq', 'إسحاق'],
    ['Isḥāq ibn Ibrāhīm al-Warrāq', 'إسحاق بن إبراهيم الورّاق'],
    286,
    'khalaf-ishaq',
  ],
  [
    'idris',
    ['Idrīs', 'إدريس'],
    ['Idrīs ibn ʿAbd al-Karīm al-Ḥaddād', 'إدريس بن عبد الكريم الحدّاد'],
    292,
    'khalaf-idris',
  ],
];

/** A by-name that is no part of the full name stands before it: “Qālūn, ʿĪsā ibn Mīnā”. */
const joined = (short: string, full: string, comma: string): string =>
  full.startsWith(short) ? full : `${short}${comma} ${full}`;

const transmitters: readonly Reader[] = transmitterRows.map(
  ([key, [latin, arabic], [fullLatin, fullArabic], diedAh, ...readings]) => ({
    key: `transmitter-${key}`,
    latin: joined(latin, fullLatin, ','),
    arabic: joined(arabic, fullArabic, '،'),
    short: { latin, arabic },
    diedAh,
    readings,
  }),
);

/** Readers and transmitters: ten and nineteen, of whom Khalaf is both. */
export const readers: readonly Reader[] = [
  ...readersOfTheTable,
  ...furtherReaders,
  ...transmitters,
];
