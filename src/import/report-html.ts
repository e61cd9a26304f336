import type { ImportResult } from './import-delivery.ts';
import type { FindingGroup } from './report.ts';

/** The report as one HTML page without scripts or outside files, to keep or to send. */
export const htmlReport = (
  result: ImportResult,
  headline: string,
  groups: readonly FindingGroup[],
): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Import into ${escape(result.dataset.slug)}</title>
<style>${style}</style>
</head>
<body>
<h1>Import into ${escape(result.dataset.title)}</h1>
<p class="headline">${escape(headline)}</p>
${countsTable(result)}
<h2>Findings: ${result.findings.length}</h2>
${groups.length === 0 ? '<p>Nothing to report.</p>' : contents(groups)}
${groups.map(section).join('\n')}
<h2>Files</h2>
<table><thead><tr><th scope="col">File</th><th scope="col">Bytes</th><th scope="col">SHA-256</th></tr></thead>
<tbody>${result.files.map(({ name, bytes, sha256 }) => row([name, String(bytes), sha256])).join('')}</tbody></table>
</body>
</html>
`;

const style = `
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
.headline { font-size: 1.2rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #ccc; padding: .25rem .5rem; text-align: start; vertical-align: top; overflow-wrap: anywhere; }
.error { color: #a00000; } .warning { color: #7a4b00; } .info { color: #333; }
summary { cursor: pointer; }
@media (prefers-color-scheme: dark) { body { background: #111; color: #eee; } .error { color: #ff9c9c; } .warning { color: #ffc66d; } .info { color: #ddd; } }
`;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);

const row = (cells: readonly string[]): string =>
  `<tr>${cells.map((cell) => `<td dir="auto">${escape(cell)}</td>`).join('')}</tr>`;

const countsTable = ({ counts, graph, validation, plan }: ImportResult): string => {
  const rows = Object.entries({
    ...counts,
    added: plan.addedQuads,
    removed: plan.removedQuads,
    ...validation,
  }).map(([name, number]) => row([name, String(number)]));
  return `<p>Graph: <code>${escape(graph)}</code></p>
<details><summary>Counts</summary><table><tbody>${rows.join('')}</tbody></table></details>`;
};

const contents = (groups: readonly FindingGroup[]): string =>
  `<table><thead><tr><th scope="col">Kind</th><th scope="col">Count</th><th scope="col">What was done</th></tr></thead>
<tbody>${groups
    .map(
      ({ kind, severity, title, findings, done }) =>
        `<tr><td><a class="${severity}" href="#${kind}">${escape(title.en)}</a> <span lang="ar" dir="rtl">${escape(title.ar)}</span></td><td>${findings.length}</td><td>${escape(done)}</td></tr>`,
    )
    .join('')}</tbody></table>`;

const section = ({ kind, severity, title, done, findings }: FindingGroup): string =>
  `<section id="${kind}">
<h3 class="${severity}">${escape(title.en)} <span lang="ar" dir="rtl">${escape(title.ar)}</span></h3>
<p>${escape(done)}</p>
<details${findings.length <= openMax ? ' open' : ''}><summary>${findings.length} ${severity}</summary>
<table><thead><tr><th scope="col">File</th><th scope="col">Record</th><th scope="col">Element</th><th scope="col">Value</th><th scope="col">Reason</th></tr></thead>
<tbody>${findings.map(({ file, record, element, value, reason }) => row([file, record, element, value, reason])).join('\n')}</tbody></table>
</details>
</section>`;

/** A table of more rows than this is folded until it is asked for. */
const openMax = 20;
