/** Files of a shop: JSON with all kinds of records, or CSV with one. Every fault is named with its place, and what was expected there. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { checked, KEYS, KINDS, type Kind, type ShopRecords } from './records.ts';

/** Columns of CSV, by kind, with the field of the record that each is. */
const COLUMNS: Readonly<Record<Kind, readonly (readonly [column: string, field: string])[]>> = {
  articles: [
    ['sku', 'sku'],
    ['name', 'name'],
    ['amount', 'unitPrice.amount'],
    ['currency', 'unitPrice.currency'],
  ],
  promotions: [
    ['code', 'code'],
    ['name', 'name'],
    ['rule', 'rule'],
    ['validFrom', 'validFrom'],
    ['validUntil', 'validUntil'],
  ],
  stock: [
    ['sku', 'sku'],
    ['available', 'available'],
  ],
};
/** What of them may be empty. */
const OPTIONAL = ['validFrom', 'validUntil'];
const NUMBERS = ['amount', 'available'];
const NONE: ShopRecords = { articles: [], promotions: [], stock: [] };

/** A record of a file, and where it is. */
interface Placed {
  readonly value: unknown;
  /** @param field of the record */
  readonly at: (field: string) => string;
}

/** The records of a file. @throws Error as `recordsIn`, and one that says where a file was looked for that is not there, or cannot be read */
export function readRecords(file: string): ShopRecords {
  return recordsIn(file, contentOf(file));
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const looked = `${path.resolve(file)}; expected a file of records. docs/deploying.md has its fields, and npm run export writes one.`;
    throw new Error(code === 'ENOENT' ? `There is no ${looked}` : `It cannot be read (${message}): ${looked}`, {
      cause,
    });
  }
}

/**
 * Reads a file by its ending, `.json` or `.csv`.
 * @throws Error that names every fault: its line and column, or its place in the JSON, what was got, and what was expected
 */
export function recordsIn(file: string, text: string): ShopRecords {
  if (file.endsWith('.csv')) return fromCsv(file, text);
  if (file.endsWith('.json')) return fromJson(file, text);
  throw new Error(`The file is "${file}"; expected one that ends in .json or .csv.`);
}

function fromJson(file: string, text: string): ShopRecords {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} is no JSON: ${(cause as Error).message}`, { cause });
  }
  const shape = `an object with lists under ${KINDS.join(', ')}`;
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new Error(`${file}: expected ${shape}.`);
  }
  const unknown = Object.entries(content).filter(
    ([kind, list]) => !KINDS.includes(kind as Kind) || !Array.isArray(list),
  );
  if (unknown.length > 0) throw new Error(`${file}: "${unknown[0]![0]}" is no list of records; expected ${shape}.`);
  const lists = content as Partial<Record<Kind, readonly unknown[]>>;
  const placed = (kind: Kind): readonly Placed[] =>
    (lists[kind] ?? []).map((value, index) => ({
      value,
      at: (field) => `${kind}[${index}]${field === '' ? '' : `.${field}`}`,
    }));
  return checkedAll(file, { articles: placed('articles'), promotions: placed('promotions'), stock: placed('stock') });
}

function fromCsv(file: string, text: string): ShopRecords {
  let rows: readonly { readonly record: readonly string[]; readonly info: { readonly lines: number } }[];
  try {
    rows = parse(text, { bom: true, info: true, skip_empty_lines: true }) as unknown as typeof rows;
  } catch (cause) {
    throw new Error(`${file} is no CSV: ${(cause as Error).message}`, { cause });
  }
  const header = rows[0]?.record ?? [];
  const kind = KINDS.find((each) =>
    COLUMNS[each].every(([column]) => header.includes(column) || OPTIONAL.includes(column)),
  );
  const extra = kind && header.filter((column) => !COLUMNS[kind].some(([known]) => known === column));
  if (kind === undefined || extra!.length > 0) {
    const known = KINDS.map((each) => `${each}: ${COLUMNS[each].map(([column]) => column).join(',')}`);
    throw new Error(
      `${file}, line 1: the columns are "${header.join(',')}"; expected those of one kind:\n  ${known.join('\n  ')}`,
    );
  }
  const placed = rows.slice(1).map(({ record, info }) => {
    const cells = Object.fromEntries(header.map((column, index) => [column, record[index] ?? '']));
    return {
      value: recordOf(kind, cells),
      at: (field: string) => {
        const [column = header[0]!] =
          COLUMNS[kind].find(([, known]) => field === known || field.startsWith(`${known}.`)) ?? [];
        return `line ${info.lines}, column ${header.indexOf(column) + 1} (${column}, "${cells[column] ?? ''}")`;
      },
    };
  });
  return checkedAll(file, { articles: [], promotions: [], stock: [], [kind]: placed });
}

function recordOf(kind: Kind, cells: Readonly<Record<string, string>>): unknown {
  const record: Record<string, unknown> = {};
  for (const [column, field] of COLUMNS[kind]) {
    const cell = cells[column] ?? '';
    if (cell === '' && OPTIONAL.includes(column)) continue;
    const [group, name] = field.split('.');
    if (name === undefined) record[field] = valueOf(column, cell);
    else record[group!] = { ...(record[group!] as object | undefined), [name]: valueOf(column, cell) };
  }
  return record;
}

function valueOf(column: string, cell: string): unknown {
  if (NUMBERS.includes(column)) return /^-?\d+$/.test(cell) ? Number(cell) : cell;
  if (column !== 'rule') return cell;
  try {
    return JSON.parse(cell);
  } catch {
    return cell;
  }
}

function checkedAll(file: string, placed: Readonly<Record<Kind, readonly Placed[]>>): ShopRecords {
  const faults: string[] = [];
  const found: Record<Kind, unknown[]> = { articles: [], promotions: [], stock: [] };
  for (const kind of KINDS) {
    const seen = new Map<string, string>();
    for (const { value, at } of placed[kind]) {
      const result = checked(kind, value);
      if ('faults' in result) {
        faults.push(...result.faults.map(({ field, problem }) => `${at(field)}: ${problem}`));
        continue;
      }
      const key = (result.record as unknown as Record<string, string>)[KEYS[kind]]!;
      if (seen.has(key)) {
        faults.push(`${at(KEYS[kind])}: ${key} is there already, at ${seen.get(key)!}; expected each once`);
      }
      seen.set(key, at(KEYS[kind]));
      found[kind].push(result.record);
    }
  }
  if (faults.length > 0) throw new Error(`${file} is wrong; nothing was imported:\n  ${faults.join('\n  ')}`);
  return { ...NONE, ...(found as unknown as ShopRecords) };
}

/** All kinds. */
export const asJson = (records: Partial<ShopRecords>): string => `${JSON.stringify(records, null, 2)}\n`;

/** One kind. */
export function asCsv(kind: Kind, records: readonly object[]): string {
  const fields = COLUMNS[kind].map(([column, field]) => [column, field.split('.')] as const);
  const rows = records.map((record) =>
    fields.map(([column, path]) => {
      const value = path.reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], record);
      return column === 'rule' ? JSON.stringify(value) : (value as string | number | undefined);
    }),
  );
  return stringify([fields.map(([column]) => column), ...rows]);
}
