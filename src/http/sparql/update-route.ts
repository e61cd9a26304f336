import { writableGraphs } from '../../access/principal.ts';
import { answerUpdate } from '../../sparql/update/answer-update.ts';
import { deadlineOf } from '../access/deadline.ts';
import { principalOf } from '../access/identify.ts';
import { writeOnce } from '../access/keyed-write.ts';
import { askerOf } from '../asker.ts';
import type { Route } from '../route.ts';
import { readSparqlBody } from './body.ts';
import { queryString, readForm } from './form.ts';
import { readUpdateParameters } from './protocol-parameters.ts';

/** The SPARQL 1.1 Protocol, for updates. */
export const updateRoute: Route = {
  method: 'POST',
  path: '/update',
  summary: 'With a token that may write: does a SPARQL update, all of it in one commit or nothing.',
  handle: async (request, response, services) => {
    const { requestBytesMax } = services.settings;
    const deadlineAt = deadlineOf(request, services);
    const principal = principalOf(request);
    const writable = writableGraphs(principal, services.iris);
    const { client } = askerOf(request, response);
    const inAddress = readForm(queryString(request));
    const type = 'application/sparql-update';
    const { isForm, text } = await readSparqlBody(request, response, requestBytesMax, type);
    const inBody: [string, string][] = isForm ? readForm(text) : [['update', text]];
    const { update, using } = readUpdateParameters([...inAddress, ...inBody]);
    await writeOnce(request, response, services, text, (terms) =>
      answerUpdate(services, {
        text: update,
        actor: principal.name,
        onlyGraphs: writable === 'all' ? undefined : writable,
        using,
        deadlineAt,
        onSkipped: (operation) => response.append('X-Isnad-Skipped', operation),
        client,
        ...terms,
      }),
    );
    response.status(204).end();
  },
};
