import { answerUpdate } from '../../sparql/update/answer-update.ts';
import { clientGone } from '../client-gone.ts';
import type { Route } from '../route.ts';
import { readSparqlBody } from './body.ts';
import { queryString, readForm } from './form.ts';
import { readUpdateParameters } from './protocol-parameters.ts';

/** The SPARQL 1.1 Protocol, for updates. It asks for no credentials: served on the socket alone. */
export const updateRoute: Route = {
  method: 'POST',
  path: '/update',
  summary: 'On the socket only: does a SPARQL update, all of it in one commit or nothing.',
  handle: async (request, response, services) => {
    const { queryTimeoutMs, requestBytesMax } = services.settings;
    const deadlineAt = Date.now() + queryTimeoutMs;
    const signal = clientGone(response);
    const inAddress = readForm(queryString(request));
    const type = 'application/sparql-update';
    const { isForm, text } = await readSparqlBody(request, response, requestBytesMax, type);
    const inBody: [string, string][] = isForm ? readForm(text) : [['update', text]];
    const { update, using } = readUpdateParameters([...inAddress, ...inBody]);
    const { head } = await answerUpdate(services, {
      text: update,
      actor: 'operator',
      using,
      deadlineAt,
      signal,
    });
    response.set('X-Isnad-Commit', String(head.sequence)).set('Cache-Control', 'no-store');
    response.status(204).end();
  },
};
