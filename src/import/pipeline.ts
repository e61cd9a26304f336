import { createIris } from '../model/iris.ts';
import type { Iris } from '../model/iris.ts';
import type { Store } from '../store/store.ts';
import { datasetQuads, withPublisher } from './dataset-statements.ts';
import type { ImportRequest } from './import-request.ts';
import { createPreparation } from './preparation.ts';
import type { Preparation, Prepared, PrepareJob, PrepareSink } from './preparation.ts';
import { tellLeftOut } from './readers/tei-map.ts';
import { readInstitutions } from './readers/tei-places.ts';
import { readSharedModel } from './shared-model.ts';
import type { SharedModel } from './shared-model.ts';
import { detect } from './stages/detect.ts';
import { diff } from './stages/diff.ts';
import { mapManuscript } from './stages/map.ts';
import { publish } from './stages/publish.ts';
import type { Published } from './stages/publish.ts';
import { read } from './stages/read.ts';
import type { ReadEvent } from './stages/read.ts';
import { receive } from './stages/receive.ts';

/**
 * The recipe of an import:
 *
 *   receive → detect → read → map → name → link → validate     `prepare`, in a throw-away worker
 *   diff → publish                                              `conclude`, on the store
 *   report                                                      `report.ts`, for whoever asked
 */

/**
 * Reads a delivery and makes of it the whole content of its dataset's graph. Nothing is written.
 *
 * @param model the shared model, where the caller has read it already
 * @throws IsnadError `not-found` or one of the `delivery-…` codes
 */
export const prepare = async (
  job: PrepareJob,
  sink: PrepareSink,
  model?: SharedModel,
): Promise<Prepared> => {
  const { request } = job;
  const received = await receive(request.path);
  const detected = await detect(request.path, received);

  const shared = model ?? (await readSharedModel(job.ontologyFolder));
  const preparation = createPreparation(job, sink, shared);
  const { linker, output, budget } = preparation;
  preparation.tellSkipped(detected.skipped);
  for await (const event of read(detected, budget, preparation.bytesRead(detected)))
    await take(event, preparation);

  const linked = linker.finish();
  const rights = withPublisher(request.dataset, linked.publishers);
  preparation.tell([...linked.findings, ...rights.findings, ...tellLeftOut(preparation.counts())]);
  await output.add({ file: '', record: '' }, linked.descriptions);
  await output.addQuads(datasetQuads(rights.dataset, createIris(job.baseIri)));
  return preparation.finish();
};

/** Takes one thing that was read: map, link, and on into the output, where it is named and validated. */
const take = async (event: ReadEvent, preparation: Preparation): Promise<void> => {
  const { linker, output, findConcept } = preparation;
  if (event.event === 'delivered') preparation.delivered(event.file);
  else if (event.event === 'skipped') preparation.tellSkipped([event.entry]);
  else {
    const { document } = event;
    if (document.kind === 'other')
      preparation.tellSkipped([{ name: document.file, reason: document.reason }]);
    else if (document.kind === 'places')
      linker.acceptInstitutions(readInstitutions(document.file, document.document));
    else {
      const mapped = mapManuscript(document.file, document.document, findConcept);
      if (!linker.acceptRecord(document.file, mapped)) return;
      preparation.count({ records: 1, ...mapped.counts });
      preparation.tell(mapped.findings);
      await output.add({ file: document.file, record: mapped.record }, mapped.descriptions);
    }
  }
};

/**
 * Compares the content with what the graph holds, and publishes the difference as one commit, unless
 * the request is a dry run or the shapes are violated.
 *
 * @throws IsnadError `commit-conflict`, `write-failed`, `import-cancelled`
 */
export const conclude = async (
  { store, iris }: { readonly store: Store; readonly iris: Iris },
  request: ImportRequest,
  prepared: Prepared & { readonly nquads: readonly Uint8Array[] },
  signal?: AbortSignal,
): Promise<Published> => {
  const content = { graph: iris.dataset(request.dataset.slug), nquads: prepared.nquads };
  const plan = await diff(store, content);
  return publish({ store, request, prepared, content, plan, signal });
};
