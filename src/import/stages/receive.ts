import { IsnadError } from '../../errors.ts';
import { listDelivery } from '../readers/delivery-folder.ts';
import type { FolderListing } from '../readers/delivery-folder.ts';

/**
 * Receives a delivery: lists what lies at the path, without reading it.
 *
 * @throws IsnadError `not-found`, `delivery-empty`, `delivery-unreadable`, `delivery-unsafe`
 */
export const receive = async (path: string): Promise<FolderListing> => {
  const listing = await listDelivery(path);
  if (listing.files.length === 0)
    throw new IsnadError('delivery-empty', `${path} holds no file.`, {
      extra: { skipped: listing.skipped.slice(0, 20) },
    });
  return listing;
};
