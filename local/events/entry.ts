import { AwsError, type Json, type JsonObject } from '../contracts.ts';
import { isObject } from '../event-fields.ts';
import { present } from '../properties.ts';
import type { EventEnvelope, PutEventsEntry } from './rule.ts';

export interface EntryRefusal {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

export interface AcceptedEntry {
  readonly busName: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonObject;
  readonly resources: readonly string[];
  /** Milliseconds since the epoch; absent when the entry has no time of its own. */
  readonly time?: number;
}

/** Reads an entry as EventBridge does, which accepts or refuses each entry separately. */
export function readEntry(entry: PutEventsEntry): AcceptedEntry | EntryRefusal {
  const { Source, DetailType, Detail, EventBusName, Resources = [], Time } = entry;
  if (!isFilledText(Source)) return missing('Source');
  if (Source.startsWith('aws.')) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  if (!isFilledText(DetailType)) return missing('DetailType');
  if (!isFilledText(Detail)) return missing('Detail');
  const detail = parseObject(Detail);
  if (detail === undefined) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  if (!Array.isArray(Resources) || !Resources.every((one) => typeof one === 'string')) {
    return invalid('Resources', 'It is a list of texts.');
  }
  const time = readTime(Time);
  if (time !== undefined && Number.isNaN(time)) return invalid('Time', 'It is not a time.');
  return {
    busName: busNameOf(EventBusName),
    source: Source,
    detailType: DetailType,
    detail,
    resources: Resources,
    ...present({ time }),
  };
}

/** The size of an entry as EventBridge limits and bills it. */
export function sizeOfEntry({ Time, Source, DetailType, Detail, Resources }: PutEventsEntry): number {
  const texts = [Source, DetailType, Detail, ...(Array.isArray(Resources) ? Resources : [])];
  const ofTime = Time === undefined ? 0 : 14;
  return texts.reduce<number>((sum, text) => sum + (typeof text === 'string' ? Buffer.byteLength(text) : 0), ofTime);
}

export function envelopeOf(
  { source, detailType, detail, resources, time }: Omit<AcceptedEntry, 'busName'>,
  { id, now, account, region }: { id: string; now: number; account: string; region: string },
): EventEnvelope {
  return {
    version: '0',
    id,
    'detail-type': detailType,
    source,
    account,
    time: `${new Date(time ?? now).toISOString().slice(0, 19)}Z`,
    region,
    resources,
    detail,
  };
}

/** Of a name, an ARN or nothing (the default bus). */
export function busNameOf(nameOrArn: Json | undefined): string {
  if (!isFilledText(nameOrArn)) return 'default';
  return nameOrArn.startsWith('arn:') ? nameOrArn.slice(nameOrArn.indexOf('/') + 1) : nameOrArn;
}

const isFilledText = (value: Json | undefined): value is string => typeof value === 'string' && value !== '';

const invalid = (name: string, reason: string): EntryRefusal => ({
  ErrorCode: 'InvalidArgument',
  ErrorMessage: `Parameter ${name} is not valid. Reason: ${reason}`,
});
const missing = (name: string): EntryRefusal => invalid(name, `${name} is a required argument.`);

function parseObject(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function readTime(time: Json | undefined): number | undefined {
  if (time === undefined) return undefined;
  if (typeof time === 'number') return time * 1000;
  return typeof time === 'string' ? Date.parse(time) : Number.NaN;
}

/** An event that another bus passes on. @throws AwsError `ValidationException` for what is no event */
export function readEvent(text: string): EventEnvelope {
  const event = parseObject(text);
  const isText = (name: string): boolean => typeof event?.[name] === 'string';
  const parts = ['id', 'detail-type', 'source', 'account', 'time', 'region'];
  if (event && parts.every(isText) && isObject(event.detail)) return event as unknown as EventEnvelope;
  throw new AwsError(
    'ValidationException',
    `An event bus takes events as other buses have them, got ${text.slice(0, 200)}`,
  );
}
