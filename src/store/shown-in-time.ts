/** How long a commit that is on the disk may take to become visible before its writer is told, in milliseconds. */
const patienceMs = 30_000;

/**
 * Waits until something is shown, but not for ever.
 *
 * @param isOnItsWay whether it is still being worked on as it should be, however long that takes
 * @returns false when there is nothing more to wait for
 */
export const isShownInTime = async (
  shown: Promise<void>,
  isOnItsWay: () => boolean,
): Promise<boolean> => {
  const done = shown.then(() => true);
  for (;;) {
    const late = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => late.resolve(false), patienceMs);
    try {
      if (await Promise.race([done, late.promise])) return true;
    } finally {
      clearTimeout(timer);
    }
    if (!isOnItsWay()) return false;
  }
};
