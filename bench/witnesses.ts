import { Agent, request } from 'node:http';
import { parseArgs } from 'node:util';
import { formatVerse, verseTotal } from '../src/model/verses.ts';

/**
 * Measures the witness lookup of a running service over loopback, and holds it against SPARQL:
 *
 *     node bench/witnesses.ts [--url http://127.0.0.1:3030/] [--requests 6236] [--agree 30]
 *
 * Every request asks for a random verse. Each line is one way to ask, by one client and by eight, each
 * with a connection of its own; times in milliseconds from sending the request to the last byte of
 * the answer. `--agree N` compares the manuscripts and passages of N random verses with the answers
 * of the SPARQL query that each answer names; the exit code is 1 if any differ.
 */
const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:3030/' },
    requests: { type: 'string', default: String(verseTotal) },
    agree: { type: 'string', default: '0' },
  },
});
const base = new URL(values.url);
const requests = Number(values.requests);

interface Answer {
  readonly status: number;
  readonly body: Buffer;
  readonly ms: number;
}

const ask = (path: string, accept: string, agent: Agent): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const sent = request(new URL(path, base), { agent, headers: { accept } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const ms = performance.now() - startedAt;
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks), ms });
      });
    });
    sent.on('error', reject);
    sent.end();
  });

const randomVerse = (): string => formatVerse(1 + Math.floor(Math.random() * verseTotal));

interface Way {
  readonly name: string;
  readonly accept: string;
  readonly pathOf: (verse: string) => string;
}

const ways: readonly Way[] = [
  {
    name: 'JSON-LD, /api/v1/witnesses',
    accept: 'application/ld+json',
    pathOf: (verse) => `/api/v1/witnesses?from=${verse}`,
  },
  { name: 'page, /quran/…', accept: 'text/html', pathOf: (verse) => `/quran/${verse}` },
];

const measure = async (way: Way, clients: number, count: number): Promise<void> => {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const times: number[] = [];
  let left = count;
  let bytes = 0;
  const client = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const { status, body, ms } = await ask(way.pathOf(randomVerse()), way.accept, agent);
      if (status !== 200) throw new Error(`${status}: ${body.toString('utf8').slice(0, 300)}`);
      times.push(ms);
      bytes += body.length;
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - startedAt) / 1000;
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number): string =>
    (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(2);
  console.log(
    `${way.name}, ${clients} client(s): p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, worst ${at(1)} ms, ` +
      `${Math.round(count / seconds)}/s, ${Math.round(bytes / count / 1024)} kB each`,
  );
};

interface WitnessAnswer {
  readonly sparql: string;
  readonly witnesses: readonly {
    readonly id: string;
    readonly sameObject: readonly { readonly id: string }[];
    readonly pages: readonly { readonly text: readonly { readonly id: string }[] }[];
    readonly passages: readonly { readonly id: string }[];
  }[];
}

interface SparqlAnswer {
  readonly results: {
    readonly bindings: readonly Readonly<Record<string, { readonly value: string } | undefined>>[];
  };
}

/** Whether the lookup of a verse names as many passages, of the same records, as SPARQL does. */
const agrees = async (verse: string, agent: Agent): Promise<boolean> => {
  const lookup = `/api/v1/witnesses?from=${verse}&pageSize=500`;
  const told = await ask(lookup, 'application/ld+json', agent);
  const answer: WitnessAnswer = JSON.parse(told.body.toString('utf8'));
  const query = `/sparql?${new URL(answer.sparql).searchParams}`;
  const table = await ask(query, 'application/sparql-results+json', agent);
  const { results }: SparqlAnswer = JSON.parse(table.body.toString('utf8'));
  const known = answer.witnesses.flatMap(({ id, sameObject }) => [
    id,
    ...sameObject.map((each) => each.id),
  ]);
  const stated = new Set(results.bindings.map(({ manuscript }) => manuscript?.value ?? ''));
  const passages = answer.witnesses.flatMap(({ pages, passages: ofWhole }) => [
    ...pages.flatMap(({ text }) => text),
    ...ofWhole,
  ]);
  const found = new Set(results.bindings.map(({ passage }) => passage?.value ?? ''));
  const isSame =
    [...stated].every((record) => known.includes(record)) &&
    passages.length === found.size &&
    passages.every(({ id }) => found.has(id));
  console.log(
    `${verse}: ${answer.witnesses.length} manuscripts, ${passages.length} passages, ` +
      (isSame ? 'as in SPARQL' : `but ${stated.size} records, ${found.size} passages in SPARQL`),
  );
  return isSame;
};

// The first requests find code that has not been compiled yet; a service is not measured by them.
for (const way of ways) {
  await measure({ ...way, name: `warming up: ${way.name}` }, 8, 1000);
  await measure(way, 1, requests);
  await measure(way, 8, requests);
}
const agent = new Agent({ keepAlive: true });
for (let left = Number(values.agree); left > 0; left -= 1) {
  if (!(await agrees(randomVerse(), agent))) process.exitCode = 1;
}
agent.destroy();
