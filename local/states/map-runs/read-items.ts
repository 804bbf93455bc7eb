import { parse } from 'csv-parse/sync';
import type { Json, JsonObject } from '../../contracts.ts';
import type { ItemReader } from '../definition.ts';
import { TaskFailure } from '../failure.ts';

type ReaderConfig = NonNullable<ItemReader['ReaderConfig']>;

const DELIMITERS = { COMMA: ',', PIPE: '|', SEMICOLON: ';', SPACE: ' ', TAB: '\t' } as const;

export const readerFailure = (cause: string): TaskFailure => new TaskFailure('States.ItemReaderFailed', cause);

/** The items in the content of an object. @throws TaskFailure `States.ItemReaderFailed` */
export function itemsIn(content: string, config: ReaderConfig): Json[] {
  switch (config.InputType) {
    case 'CSV':
      return rowsOf(content, config);
    case 'JSONL':
      return content
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line, index) => json(line, `line ${index + 1}`));
    default:
      return listIn(json(content, 'the object'), config.ItemsPointer);
  }
}

function listIn(value: Json, pointer = ''): Json[] {
  // The escapes of a JSON pointer (RFC 6901).
  const names = pointer.split('/').slice(1);
  const found = names
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<Json | undefined>((inside, name) => (isObject(inside) ? inside[name] : undefined), value);
  if (Array.isArray(found)) return found;
  throw readerFailure('Attempting to map over non-iterable node.');
}

const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null;

function json(text: string, what: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw readerFailure(`Attempting to parse ${what} as JSON failed: ${(error as Error).message}`);
  }
}

/** Each row as an object: fields that it lacks are empty, those without a header are left out. */
function rowsOf(content: string, { CSVHeaderLocation, CSVHeaders = [], CSVDelimiter = 'COMMA' }: ReaderConfig): Json[] {
  const rows = parsedCsv(content, DELIMITERS[CSVDelimiter]);
  const headers = CSVHeaderLocation === 'GIVEN' ? CSVHeaders : (rows.shift() ?? []);
  if (new Set(headers).size < headers.length) throw readerFailure('CSV headers cannot contain duplicates.');
  return rows.map((row) => Object.fromEntries(headers.map((header, column) => [header, row[column] ?? ''])));
}

function parsedCsv(content: string, delimiter: string): string[][] {
  try {
    return parse(content, { delimiter, bom: true, relax_column_count: true, skip_empty_lines: true });
  } catch (error) {
    throw readerFailure((error as Error).message);
  }
}
