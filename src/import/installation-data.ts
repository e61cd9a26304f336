import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Iris } from '../model/iris.ts';
import { shared } from '../model/terms.ts';
import { canonicalNQuads } from '../rdf/canonical.ts';
import { parseRdf } from '../rdf/parse.ts';
import { nameBlankNodes } from '../rdf/name-blank-nodes.ts';
import type {
  CommitReceipt,
  CommitRecord,
  DeliveredFile,
  GraphContent,
  GraphRemoval,
  Store,
} from '../store/store.ts';

/**
 * The data that comes with Isnad: the ontology, its vocabularies and shapes, the structure of the
 * Qur'an, and the seed datasets. A new data directory is filled with it; on a later start only what
 * changed comes in, as a commit of its own. A seed dataset that the operator dropped stays away.
 */
export interface InstallationFolders {
  readonly ontology: string;
  readonly seed: string;
}

/** The folders beside the sources. */
export const installationFolders: InstallationFolders = {
  ontology: path.join(import.meta.dirname, '..', '..', 'ontology'),
  seed: path.join(import.meta.dirname, '..', '..', 'data', 'seed'),
};

interface InstallationFile {
  readonly file: string;
  /** Path below the folders, for the commit's record. */
  readonly name: string;
  readonly graph: string;
}

/** Which file of the ontology folder goes into which shared graph. */
const ontologyGraphs = [
  { folder: '.', file: /^(isnad|external)\.ttl$/, graph: shared.graphs.ontology },
  { folder: 'vocabulary', file: /\.ttl$/, graph: shared.graphs.vocabulary },
  { folder: 'shapes', file: /\.ttl$/, graph: shared.graphs.shapes },
  { folder: '.', file: /^quran\.ttl$/, graph: shared.graphs.quran },
  { folder: '.', file: /^quran-counting\.ttl$/, graph: shared.graphs.quranCounting },
] as const;

/** Every file of the installation, with the graph it fills. */
const listFiles = async (
  folders: InstallationFolders,
  iris: Iris,
): Promise<readonly InstallationFile[]> => {
  const ontology = await Promise.all(
    ontologyGraphs.map(async ({ folder, file, graph }) => {
      const names = await readdir(path.join(folders.ontology, folder));
      return names
        .filter((name) => file.test(name))
        .map((name) => ({
          file: path.join(folders.ontology, folder, name),
          name: path.posix.join('ontology', folder, name),
          graph,
        }));
    }),
  );
  const seeds = (await readdir(folders.seed)).filter((name) => name.endsWith('.ttl'));
  return [
    ...ontology.flat(),
    ...seeds.map((name) => ({
      file: path.join(folders.seed, name),
      name: path.posix.join(seedFolderName, name),
      graph: seedGraph(iris, name),
    })),
  ];
};

interface ReadFile extends InstallationFile {
  readonly bytes: Buffer;
  readonly delivered: DeliveredFile;
}

const readAll = (files: readonly InstallationFile[]): Promise<readonly ReadFile[]> =>
  Promise.all(
    files.map(async (each) => {
      const bytes = await readFile(each.file);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return { ...each, bytes, delivered: { name: each.name, sha256, bytes: bytes.length } };
    }),
  );

/** The content of every graph that the files fill, with blank nodes named after file and order. */
const graphContents = async (
  files: readonly ReadFile[],
  iris: Iris,
): Promise<readonly GraphContent[]> => {
  const byGraph = Map.groupBy(files, ({ graph }) => graph);
  return Promise.all(
    [...byGraph].map(async ([graph, members]) => {
      const quads = await Promise.all(
        members.map(async ({ bytes, name }) => {
          const mediaType = 'text/turtle';
          const parsed = await parseRdf(bytes, {
            mediaType,
            baseIri: iris.base,
            graph,
            file: name,
          });
          return nameBlankNodes(parsed, `${graph}/node/${path.basename(name, '.ttl')}-`);
        }),
      );
      return { graph, nquads: [canonicalNQuads(quads.flat())] };
    }),
  );
};

interface Past {
  /** SHA-256 of each file as it was last loaded. */
  readonly loaded: ReadonlyMap<string, string>;
  /** Graphs whose last change was that somebody other than Isnad dropped them. */
  readonly retired: ReadonlySet<string>;
}

const ownActivities = new Set<CommitRecord['description']['activity']>(['seed', 'upgrade']);

const seedFolderName = 'data/seed';
const seedGraph = (iris: Iris, name: string): string =>
  iris.dataset(path.posix.basename(name, '.ttl'));

/** The seed datasets of files that an earlier version brought and this one does not. */
const vanishedGraphs = (
  past: Past,
  present: ReadonlySet<string>,
  iris: Iris,
): readonly GraphRemoval[] =>
  [...past.loaded.keys()]
    .filter((name) => path.posix.dirname(name) === seedFolderName && !present.has(name))
    .map((name) => ({ graph: seedGraph(iris, name), removed: true as const }))
    .filter(({ graph }) => !past.retired.has(graph));

const readPast = async (store: Store): Promise<Past> => {
  let loaded = new Map<string, string>();
  const retired = new Set<string>();
  for await (const { description, graphs } of store.log()) {
    const own = ownActivities.has(description.activity);
    const files = description.details?.files ?? [];
    if (own) loaded = new Map(files.map(({ name, sha256 }) => [name, sha256]));
    for (const { graph, dropped, addedQuads, created } of graphs) {
      if (dropped && !own) retired.add(graph);
      else if (created || addedQuads > 0) retired.delete(graph);
    }
  }
  return { loaded, retired };
};

/**
 * Brings the installation's own data into the store, as one commit, if it has changed since it was
 * last loaded. A directory that has commits but never held it is left alone.
 *
 * @returns the receipt, or nothing when there was nothing to do
 * @throws IsnadError `rdf-syntax` when a file is damaged
 */
export const loadInstallationData = async (
  store: Store,
  iris: Iris,
  folders: InstallationFolders = installationFolders,
): Promise<CommitReceipt | undefined> => {
  const past = await readPast(store);
  // A directory that was left empty at its first commit is not new: it stays as its operator wanted it.
  if (past.loaded.size === 0 && store.head().sequence > 0) return undefined;
  const all = await readAll(await listFiles(folders, iris));
  const files = all.filter(({ graph }) => !past.retired.has(graph));
  const present = new Set(all.map(({ name }) => name));
  const unchanged =
    files.every(({ name, delivered }) => past.loaded.get(name) === delivered.sha256) &&
    [...past.loaded.keys()].every((name) => present.has(name));
  if (unchanged) return undefined;
  const plan = await store.plan([
    ...(await graphContents(files, iris)),
    ...vanishedGraphs(past, present, iris),
  ]);
  const first = past.loaded.size === 0;
  return store.commit(plan, {
    activity: first ? 'seed' : 'upgrade',
    actor: 'isnad',
    message: first
      ? 'Ontology, vocabularies, Qur’an structure and seed data'
      : 'Changed ontology, vocabularies, Qur’an structure or seed data',
    details: { files: files.map(({ delivered }) => delivered) },
  });
};
