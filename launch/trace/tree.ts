import type { TraceSpan } from './trace-span.ts';

interface Branch {
  readonly span: TraceSpan;
  readonly children: readonly Branch[];
}

const NAME_WIDTH = 58;

/** The tree of a trace, a line for each span: when it began after the first, how long it took, and what it was. ✗ marks what failed. */
export function shownTree(spans: readonly TraceSpan[]): string[] {
  const [first] = spans;
  if (!first) return [];
  const begin = Math.min(...spans.map(({ startMs }) => startMs));
  return branchesOf(spans).flatMap((branch) => lines(branch, begin, '', ''));
}

/** Those whose parent nobody knows are roots. */
function branchesOf(spans: readonly TraceSpan[]): Branch[] {
  const known = new Set(spans.map(({ id }) => id));
  const byParent = Map.groupBy(spans, ({ id, parent = '' }) => (parent !== id && known.has(parent) ? parent : ''));
  const seen = new Set<string>();
  const below = (parent: string): Branch[] =>
    (byParent.get(parent) ?? [])
      .toSorted((one, other) => one.startMs - other.startMs)
      .map((span) => {
        const children = seen.has(span.id) ? [] : (seen.add(span.id), below(span.id));
        return { span, children };
      });
  return below('');
}

function lines({ span, children }: Branch, begin: number, lead: string, ahead: string): string[] {
  const at = `${inMs(span.startMs - begin).padStart(10)} ${inMs(span.endMs - span.startMs).padStart(10)}`;
  const name = `${lead}${span.failed ? '✗ ' : ''}${span.name}`;
  const own =
    `${at}  ${name.padEnd(NAME_WIDTH)} ${span.by === span.name ? span.service : span.by}${details(span)}`.trimEnd();
  return [
    own,
    ...children.flatMap((child, index) => {
      const isLast = index === children.length - 1;
      return lines(child, begin, `${ahead}${isLast ? '└ ' : '├ '}`, `${ahead}${isLast ? '  ' : '│ '}`);
    }),
  ];
}

const inMs = (ms: number): string => (ms >= 10_000 ? `${(ms / 1_000).toFixed(1)} s` : `${ms.toFixed(1)} ms`);

const SHOWN = ['http.response.status_code', 'error.type', 'waybill.outcome', 'waybill.tries'];
const details = ({ attributes, link, waitedMs = 0 }: TraceSpan): string =>
  [
    ...SHOWN.flatMap((name) => (attributes[name] === undefined ? [] : [String(attributes[name])])),
    ...(waitedMs > 0 ? [`waited ${inMs(waitedMs)}`] : []),
    ...(link ? [`client's trace ${link.traceId}`] : []),
  ]
    .map((detail) => ` · ${detail}`)
    .join('');
