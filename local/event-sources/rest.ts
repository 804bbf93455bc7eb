/** The paths of event source mappings in Lambda's API. */
import { type Location, namedArn } from '../arn.ts';
import { AwsError, type EndpointRequest, type JsonObject } from '../contracts.ts';
import { filledText, present } from '../properties.ts';
import { queryOf, restJson, restPage } from '../rest-page.ts';
import type { RestCall } from '../service.ts';
import { describeMapping } from './mapping.ts';
import type { Mappings } from './mappings.ts';

const PATH = /^\/2015-03-31\/event-source-mappings(?:\/([^/]*))?\/?$/;
/** What is accepted is carried out afterwards, as on AWS. */
const ACCEPTED = 202;

/** The call in a request; undefined for other paths. @throws AwsError for an operation that this runtime does not have */
export function mappingCall(request: EndpointRequest, mappings: Mappings, location: Location): RestCall | undefined {
  const match = PATH.exec(request.path.split('?')[0]!);
  if (match === null) return undefined;
  const uuid = decodeURIComponent(match[1] ?? '');
  const call = (
    operation: string,
    answer: RestCall['answer'],
    input: JsonObject = present({ UUID: filledText(uuid) }),
  ) => ({
    operation,
    input,
    answer,
  });
  switch (`${request.method} ${uuid === '' ? 'all' : 'one'}`) {
    case 'GET all':
      return call('ListEventSourceMappings', async () =>
        restPage('EventSourceMappings', listed(request, mappings, location), request),
      );
    case 'POST all':
      return call('CreateEventSourceMapping', async () => restJson(await mappings.create(bodyOf(request)), ACCEPTED));
    case 'GET one':
      return call('GetEventSourceMapping', async () => restJson(mappings.get(uuid)));
    case 'PUT one':
      return call('UpdateEventSourceMapping', async () =>
        restJson(await mappings.update(uuid, bodyOf(request)), ACCEPTED),
      );
    case 'DELETE one':
      return call('DeleteEventSourceMapping', async () => restJson(await mappings.remove(uuid), ACCEPTED));
    default:
      throw new AwsError(
        'UnknownOperationException',
        `Event source mappings are listed, got, created (POST), updated (PUT) and deleted; got ${request.method}.`,
        404,
      );
  }
}

function listed(request: EndpointRequest, mappings: Mappings, location: Location): JsonObject[] {
  const query = queryOf(request);
  const [source, named] = [query.get('EventSourceArn'), query.get('FunctionName')];
  const functionArn = named === null ? null : namedArn(location, 'lambda', 'function:', named);
  return mappings
    .list()
    .filter((mapping) => source === null || mapping.eventSourceArn === source)
    .filter((mapping) => functionArn === null || mapping.functionArn === functionArn)
    .map((mapping) => describeMapping(mapping, location));
}

/** @throws AwsError `InvalidRequestContentException` */
function bodyOf({ body }: EndpointRequest): JsonObject {
  try {
    return JSON.parse(body === '' ? '{}' : body) as JsonObject;
  } catch {
    throw new AwsError('InvalidRequestContentException', 'Could not parse request body into json.');
  }
}
