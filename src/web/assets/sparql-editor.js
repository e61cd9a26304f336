// Shows the answer to a query as a table on the page. Without this script the form still works.
const form = document.querySelector('#editor');
const query = document.querySelector('#query');
const format = document.querySelector('#format');
const stop = document.querySelector('#stop');
const answer = document.querySelector('#answer');
const status = document.querySelector('#status');
const result = document.querySelector('#result');
const shownRowsMax = 1000;
const shownTextMax = 500_000;
let running;

const tableChoice = format.querySelector('[data-needs-script]');
tableChoice.hidden = false;
format.value = '';

form.addEventListener('submit', (event) => {
  if (format.value !== '') return;
  event.preventDefault();
  void run();
});
query.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
stop.addEventListener('click', () => running?.abort());

const say = (key, values = {}) =>
  form.dataset[key].replaceAll(/\{(\w+)\}/g, (hole, name) => values[name] ?? hole);

const run = async () => {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  const started = performance.now();
  answer.hidden = false;
  stop.hidden = false;
  result.replaceChildren();
  status.textContent = say('running');
  remember();
  try {
    const response = await fetch('/sparql', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/sparql-query',
        Accept: 'application/sparql-results+json, text/turtle;q=0.9',
      },
      body: query.value,
      signal,
    });
    await show(response, () => Math.round(performance.now() - started));
  } catch (error) {
    status.textContent = signal.aborted ? say('stopped') : say('unreachable');
    if (!signal.aborted && !(error instanceof TypeError)) throw error;
  } finally {
    if (running.signal === signal) stop.hidden = true;
  }
};

// The address keeps the query, so that it can be shared or come back to.
const remember = () => {
  const url = new URL(location.href);
  url.searchParams.set('query', query.value);
  if (url.href.length < 8000) history.replaceState(null, '', url);
};

const show = async (response, elapsedMs) => {
  const type = response.headers.get('content-type') ?? '';
  if (!response.ok) return showProblem(type.includes('json') ? await response.json() : {});
  if (!type.includes('sparql-results+json')) return showText(await response.text());
  const body = await response.json();
  if ('boolean' in body) {
    status.textContent = say(body.boolean ? 'yes' : 'no');
    return undefined;
  }
  return showTable(body.head.vars, body.results.bindings, elapsedMs());
};

const showProblem = (problem) => {
  const { line, column } = problem.position ?? {};
  status.textContent = [problem.title, problem.detail, problem.action].filter(Boolean).join(' ');
  if (line === undefined) return;
  const before = query.value.split('\n').slice(0, line - 1);
  const place = before.reduce((sum, each) => sum + each.length + 1, 0) + (column ?? 1) - 1;
  query.focus();
  query.setSelectionRange(place, place + 1);
};

const showText = (text) => {
  const block = document.createElement('pre');
  block.textContent = text.slice(0, shownTextMax);
  if (text.length > shownTextMax) block.append('\n…');
  status.textContent = '';
  result.replaceChildren(block);
};

const showTable = (variables, rows, ms) => {
  const shown = rows.slice(0, shownRowsMax);
  status.textContent =
    shown.length < rows.length
      ? say('shownRows', { shown: shown.length, rows: rows.length })
      : say('rows', { rows: rows.length, ms });
  const table = document.createElement('table');
  const head = table.createTHead().insertRow();
  for (const variable of variables) {
    const cell = document.createElement('th');
    cell.scope = 'col';
    cell.textContent = variable;
    head.append(cell);
  }
  const body = table.createTBody();
  for (const row of shown) {
    const line = body.insertRow();
    for (const variable of variables) line.insertCell().append(termView(row[variable]));
  }
  result.replaceChildren(table);
};

const termView = (term) => {
  if (term === undefined) return '';
  const text = document.createElement(
    term.type === 'uri' && isWebAddress(term.value) ? 'a' : 'bdi',
  );
  text.textContent = term.value;
  if (text.localName === 'a') text.href = localAddress(term.value);
  if (term['xml:lang'] !== undefined) text.lang = term['xml:lang'];
  return text;
};

const isWebAddress = (iri) => /^https?:\/\//i.test(iri) && URL.canParse(iri);

// Records are described here, whatever host this installation is served under.
const localAddress = (iri) => {
  const rest = iri.startsWith(form.dataset.base) ? iri.slice(form.dataset.base.length) : '';
  if (/^(?:id|dataset)\//.test(rest)) return `/${rest}`;
  const [, verse] = /^https:\/\/w3id\.org\/isnad\/quran\/(\d+(?::\d+)?)$/.exec(iri) ?? [];
  return verse === undefined ? iri : `/quran/${verse}`;
};
