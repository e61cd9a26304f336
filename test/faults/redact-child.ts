/**
 * A process that proofs kill while it withholds lines: `node test/faults/redact-child.ts DIR IRI`. It opens
 * the store, says `redacting`, withholds the record, and says `done` once that is acknowledged.
 */
import { codeOf, openStore } from './open-store.ts';

const [dataDir = '', iri = ''] = process.argv.slice(2);
const say = (line: string): boolean => process.stdout.write(`${line}\n`);

try {
  const store = await openStore(dataDir);
  say('redacting');
  await store.redact({ of: { kind: 'record', iri }, actor: 'proof', reason: 'By order' });
  say('done');
} catch (error) {
  say(JSON.stringify({ code: codeOf(error), message: String(error) }));
  process.exitCode = 1;
}
