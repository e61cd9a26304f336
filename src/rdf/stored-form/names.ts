import { isIPv6 } from 'node:net';

/**
 * Which IRIs and language tags oxigraph 0.5.11 takes: absolute IRIs of RFC 3987 and well-formed tags
 * of RFC 5646. Anything else would fail a whole load, so it is refused before.
 */
const percent = '%[0-9A-Fa-f]{2}';
const ucschar =
  String.raw`\u{A0}-\u{D7FF}\u{F900}-\u{FDCF}\u{FDF0}-\u{FFEF}` +
  Array.from({ length: 14 }, (_, plane) => {
    const start = plane === 13 ? 'E1000' : `${(plane + 1).toString(16)}0000`;
    return String.raw`\u{${start}}-\u{${(plane + 1).toString(16)}FFFD}`;
  }).join('');
const iprivate = String.raw`\u{E000}-\u{F8FF}\u{F0000}-\u{FFFFD}\u{100000}-\u{10FFFD}`;
const unreserved = String.raw`A-Za-z0-9\-._~${ucschar}`;
const subDelimiters = "!$&'\\(\\)*+,;=";
const pathCharacter = `(?:[${unreserved}${subDelimiters}:@\\/]|${percent})`;
const authority =
  `(?:(?:[${unreserved}${subDelimiters}:]|${percent})*@)?` +
  `(?:\\[([^\\]\\/?#]*)\\]|(?:[${unreserved}${subDelimiters}]|${percent})*)(?::[0-9]*)?`;
const absoluteIri = new RegExp(
  `^[A-Za-z][A-Za-z0-9+\\-.]*:(?:\\/\\/${authority}(?:\\/${pathCharacter}*)?|(?!\\/\\/)${pathCharacter}*)` +
    `(?:\\?(?:[${unreserved}${subDelimiters}:@\\/?${iprivate}]|${percent})*)?` +
    `(?:#(?:[${unreserved}${subDelimiters}:@\\/?]|${percent})*)?$`,
  'u',
);
const futureAddress = new RegExp(`^[vV][0-9A-Fa-f]+\\.[${unreserved}${subDelimiters}:]+$`, 'u');

/** Whether the engine stores this text as an IRI. */
export const isStorableIri = (iri: string): boolean => {
  const match = absoluteIri.exec(iri);
  if (!match) return false;
  const address = match[1];
  return address === undefined || isIPv6(address) || futureAddress.test(address);
};

const privateUse = 'x(?:-[a-z0-9]{1,8})+';
const languageTag = new RegExp(
  '^(?:(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})' +
    '(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*' +
    `(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*(?:-${privateUse})?|${privateUse})$`,
);
const grandfatheredTags = new Set(
  (
    'en-gb-oed i-ami i-bnn i-default i-enochian i-hak i-klingon i-lux i-mingo i-navajo i-pwn i-tao ' +
    'i-tay i-tsu sgn-be-fr sgn-be-nl sgn-ch-de art-lojban cel-gaulish no-bok no-nyn zh-guoyu ' +
    'zh-hakka zh-min zh-min-nan zh-xiang'
  ).split(' '),
);

/** Whether the engine stores this language tag, given in lower case. */
export const isStorableLanguageTag = (tag: string): boolean =>
  languageTag.test(tag) || grandfatheredTags.has(tag);
