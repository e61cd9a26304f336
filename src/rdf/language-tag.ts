/**
 * A language tag in its conventional case (RFC 5646 §2.1.1): `ar-Latn-alalc97`, `en-GB`. The store
 * keeps tags in lower case, which means the same but reads worse.
 */
export const conventionalCase = (tag: string): string => {
  let afterSingleton = false;
  return tag
    .toLowerCase()
    .split('-')
    .map((subtag, index) => {
      const plain = index === 0 || afterSingleton;
      afterSingleton ||= subtag.length === 1;
      if (plain) return subtag;
      if (subtag.length === 2) return subtag.toUpperCase();
      return subtag.length === 4 && !/^[0-9]/.test(subtag)
        ? subtag.charAt(0).toUpperCase() + subtag.slice(1)
        : subtag;
    })
    .join('-');
};
