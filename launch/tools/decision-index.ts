/** The index of `docs/decisions`, made from the head of each decision. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from '../project-root.ts';

export const DECISIONS_DIR = path.join(PROJECT_ROOT, 'docs/decisions');

export interface Decision {
  readonly file: string;
  readonly number: number;
  readonly title: string;
  /** `accepted`, or `superseded by` (or `superseded in part by`) with links to other decisions. */
  readonly status: string;
  /** ISO 8601: the day on which the decision was made. */
  readonly date: string;
}

const LINK = String.raw`\[\d{4}\]\(\d{4}-[a-z0-9-]+\.md\)`;
const HEAD = new RegExp(
  String.raw`^# (?<number>\d+)\. (?<title>.+)\n\n` +
    String.raw`- Status: (?<status>accepted|superseded (?:in part )?by ${LINK}(?:, ${LINK})*)\n` +
    String.raw`- Date: (?<date>\d{4}-\d{2}-\d{2})\n`,
);

/** @throws Error for a text that does not begin with number, title, status and date */
export function decisionIn(file: string, text: string): Decision {
  const head = HEAD.exec(text)?.groups;
  if (!head) {
    throw new Error(`${file} does not begin with number, title, status and date: see docs/decisions/README.md.`);
  }
  return { file, number: Number(head['number']), title: head['title']!, status: head['status']!, date: head['date']! };
}

/** Every decision, in the order of the numbers. @throws Error for a file with a malformed head */
export const readDecisions = (): Decision[] =>
  readdirSync(DECISIONS_DIR)
    .filter((file) => file !== 'README.md')
    .sort()
    .map((file) => decisionIn(file, readFileSync(path.join(DECISIONS_DIR, file), 'utf8')));

/** The README with the index of these decisions behind its last heading. */
export function withIndex(readme: string, decisions: readonly Decision[]): string {
  const rows = decisions.map(
    ({ file, title, status, date }) => `| [${file.slice(0, 4)}](${file}) | ${title} | ${status} | ${date} |`,
  );
  const [introduction] = readme.split('\n## Index\n');
  return [introduction, '## Index', '', '| | decision | status | date |', '|---|---|---|---|', ...rows, ''].join('\n');
}
