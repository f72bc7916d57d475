import { placedShown, shownGroups } from './disclosure.ts';
import type { Disclosure } from './disclosure.ts';
import { describe, escapeText } from './svg.ts';
import type { ConsensusRow, OpinionMap, StatementRow } from './types.ts';

const LISTED = 5;

/** What the report is told besides the map. */
export interface About {
  readonly title: string;
  readonly seed: number;
  readonly source: string;
}

/** The report as one self-contained HTML page: the map, what unites and divides, what each group says, tables. */
export function writeReport(map: OpinionMap, disclosure: Disclosure, svg: string, about: About): string {
  const { left } = shownGroups(map, disclosure);
  const parts = [
    `<h1>${escapeText(about.title)}</h1>`,
    `<p class="lead">${escapeText(lead(map, disclosure))}</p>`,
    `<figure>${svg}<figcaption>${escapeText(describe(map, disclosure, left))}</figcaption></figure>`,
    shared(map, disclosure),
    divided(map, disclosure),
    groups(map, disclosure),
    disclosure.open ? '' : next(map),
    statements(map, disclosure),
    method(map, disclosure, about),
  ];
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeText(about.title)}</title>`,
    `<style>${STYLE}</style></head>`,
    `<body><main>${parts.join('\n')}</main></body>`,
    '</html>',
    '',
  ].join('\n');
}

const STYLE = [
  ':root{color-scheme:light dark;--surface:light-dark(oklch(.987 .005 120),oklch(.2 .016 210));--ink:light-dark(oklch(.245 .03 200),oklch(.95 .01 130));--ink-2:light-dark(oklch(.425 .026 200),oklch(.79 .016 165));--line:light-dark(oklch(.855 .016 165),oklch(.375 .022 204))}',
  'body{margin:0;background:var(--surface);color:var(--ink);font:1.125rem/1.5 "Folk Text","Atkinson Hyperlegible",Verdana,sans-serif}',
  'main{max-width:60rem;margin-inline:auto;padding:2rem 1rem 4rem}',
  'h1,h2,h3{font-family:"Folk Display",Clarendon,"Bookman Old Style",Georgia,serif;font-weight:600;line-height:1.2;text-wrap:balance}',
  'h2{border-block-start:2px solid var(--ink);padding-block-start:.75rem;margin-block-start:3rem}',
  'p,li{max-width:62ch}.lead{font-size:1.3rem;max-width:44ch}figure{margin:2rem 0}figure svg{inline-size:100%;block-size:auto}',
  'figcaption,small,td,th{color:var(--ink-2);font-size:1rem}li{margin-block:.5rem}',
  '.scroll{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}',
  'th,td{text-align:start;padding:.4rem .75rem .4rem 0;border-block-end:1px solid var(--line);vertical-align:top}td.n,th.n{text-align:end}',
].join('');

function lead(map: OpinionMap, disclosure: Disclosure): string {
  const { people, statements: columns, votes } = map.totals;
  if (votes === 0) return 'Nobody has voted yet.';
  const about = disclosure.open ? 'About ' : '';
  const { count } = disclosure;
  return `${about}${count(people)} people cast ${count(votes)} votes on ${columns} statements. ${disclosure.open ? `About ${placedShown(map, disclosure)} are shown on the map.` : `${map.totals.placed} have a place on the map.`}`;
}

function textOf(map: OpinionMap, id: string): string {
  const found = map.statements.find((row) => row.id === id);
  return `${escapeText(found?.text ?? `Statement ${id}`)} <small>(${escapeText(id)})</small>`;
}

function percent(share: number | null): string {
  return share === null ? '' : `, ${Math.round(share * 100)} %`;
}

function shared(map: OpinionMap, disclosure: Disclosure): string {
  const list = (rows: readonly ConsensusRow[], verb: string) =>
    rows.map(
      ({ statement, success, trials }) =>
        `<li>${textOf(map, statement)}: ${disclosure.count(success)} of ${disclosure.count(trials)} ${verb}${percent(disclosure.share(success, trials))}.</li>`,
    );
  const items = [...list(map.consensus.agree, 'agree'), ...list(map.consensus.disagree, 'disagree')];
  const body =
    items.length === 0
      ? '<p>Nothing yet on which clearly more than half agree.</p>'
      : `<ul>${items.join('')}</ul>`;
  return `<h2>What everybody shares</h2>${body}`;
}

function divided(map: OpinionMap, disclosure: Disclosure): string {
  const { shown, left } = shownGroups(map, disclosure);
  if (map.groups.length < 2 || left > 0) return '';
  const most = map.statements
    .map((row, at) => ({ row, at }))
    .filter(({ row }) => row.moderation !== 'out' && !row.meta && row.division > 0)
    .sort((a, b) => b.row.division - a.row.division)
    .slice(0, LISTED);
  const items = most.map(({ row, at }) => {
    const sides = shown.map(({ group }) => {
      const { agrees, seen } = group.votes[at]!;
      return `${disclosure.count(agrees)} of ${disclosure.count(seen)} in group ${escapeText(group.label)}`;
    });
    return `<li>${textOf(map, row.id)}: agreed by ${sides.join(', ')}.</li>`;
  });
  return `<h2>What divides</h2><ul>${items.join('')}</ul>`;
}

function groups(map: OpinionMap, disclosure: Disclosure): string {
  const { shown, left } = shownGroups(map, disclosure);
  const sections = shown.map(({ group, at }) => {
    const items = map.representative[at]!.map(({ statement, direction, success, trials }) => {
      const verb = direction === 'agree' ? 'Agree' : 'Disagree';
      return `<li><strong>${verb}:</strong> ${textOf(map, statement)}, ${disclosure.count(success)} of ${disclosure.count(trials)}${percent(disclosure.share(success, trials))}.</li>`;
    });
    const size = `${disclosure.open ? 'about ' : ''}${disclosure.count(group.size)} people`;
    return `<h3>Group ${escapeText(group.label)}: ${size}</h3><ul>${items.join('')}</ul>`;
  });
  const hidden =
    left === 0
      ? ''
      : `<p>${left} ${left === 1 ? 'group' : 'groups'} of fewer than 8 people ${left === 1 ? 'is' : 'are'} not shown.</p>`;
  return shown.length + left === 0 ? '' : `<h2>What each group says</h2>${sections.join('')}${hidden}`;
}

function next(map: OpinionMap): string {
  const asked = map.statements
    .filter(({ moderation }) => moderation !== 'out')
    .sort((a, b) => b.priority - a.priority)
    .slice(0, LISTED);
  if (asked.length === 0) return '';
  return `<h2>What to ask next</h2><ol>${asked.map(({ id }) => `<li>${textOf(map, id)}</li>`).join('')}</ol>`;
}

function statements(map: OpinionMap, disclosure: Disclosure): string {
  const rows = map.statements.filter(({ moderation }) => !disclosure.open || moderation !== 'out');
  if (rows.length === 0) return '';
  const cells = (row: StatementRow) =>
    [row.agrees, row.disagrees, row.passes, row.seen]
      .map((count) => `<td class="n">${disclosure.count(count)}</td>`)
      .join('');
  const note = (row: StatementRow) =>
    `${row.moderation === 'out' ? ' <small>moderated out</small>' : ''}${row.meta ? ' <small>about the conversation</small>' : ''}`;
  const body = rows
    .map((row) => `<tr><td>${textOf(map, row.id)}${note(row)}</td>${cells(row)}</tr>`)
    .join('');
  const head = ['Agree', 'Disagree', 'Pass', 'Seen'].map((name) => `<th scope="col" class="n">${name}</th>`);
  return `<h2>Every statement</h2><div class="scroll" tabindex="0" role="region" aria-label="Every statement"><table><thead><tr><th scope="col">Statement</th>${head.join('')}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function method(map: OpinionMap, disclosure: Disclosure, about: About): string {
  const { explained, residual } = map.components;
  const { tried, k, measuredOn } = map.clustering;
  const share = explained.map((part) => `${(part * 100).toFixed(1)} %`).join(' and ');
  const fit = tried.map((one) => `${one.k}: ${one.silhouette.toFixed(3)}`).join('; ');
  const silhouette =
    tried.length === 0
      ? ''
      : ` Mean silhouette by number of groups, on ${disclosure.count(measuredOn)} people: ${fit}.`;
  const rule = disclosure.open
    ? '<p>Counts from 1 to 7 are written c, others are rounded to 5, and groups of fewer than 8 people are not shown. Percentages come from rounded counts of 30 people or more.</p>'
    : '<p>This is the full report for the analyst: its small counts are not for publication.</p>';
  return [
    '<h2>How this was made</h2>',
    `<p>From ${escapeText(about.source)}. People are placed by two principal components of the votes, a statement not seen taken as its mean (Small and others 2021); these explain ${share} of the variance${disclosure.open ? '' : ` (largest residual ${residual.toExponential(1)})`}. Groups are k-means with seed ${about.seed}; ${k} ${k === 1 ? 'is' : 'are'} found.${silhouette}</p>`,
    '<p>A place on the map is a summary in two dimensions of many votes. The people here chose to take part and are no sample of the town.</p>',
    rule,
  ].join('');
}
