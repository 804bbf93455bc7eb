/** Answers of APIs that have paths and JSON, such as Lambda's. */
import { AwsError, type EndpointAnswer, type EndpointRequest, type JsonObject } from './contracts.ts';
import { present } from './properties.ts';

/** The most that Lambda lists at once. */
const PAGE_SIZE = 50;

export const restJson = (content: JsonObject, status = 200): EndpointAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(content),
});

export const queryOf = ({ path }: Pick<EndpointRequest, 'path'>): URLSearchParams =>
  new URLSearchParams(path.split('?')[1]);

/** A page of a list, by the query's `Marker` and `MaxItems`. @throws AwsError `InvalidParameterValueException` */
export function restPage(name: string, items: readonly JsonObject[], request: EndpointRequest): EndpointAnswer {
  const query = queryOf(request);
  const start = Number(query.get('Marker') ?? 0);
  if (!Number.isInteger(start) || start < 0) {
    throw new AwsError(
      'InvalidParameterValueException',
      `The Marker is none of an earlier page: ${query.get('Marker')}`,
    );
  }
  const end = start + Math.min(PAGE_SIZE, Number(query.get('MaxItems') ?? PAGE_SIZE) || PAGE_SIZE);
  const next = end < items.length ? String(end) : undefined;
  return restJson({ [name]: items.slice(start, end), ...present({ NextMarker: next }) });
}
