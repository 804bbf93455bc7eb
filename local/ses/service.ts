import path from 'node:path';
import { arnOf } from '../arn.ts';
import { AwsError, type EndpointRequest, type JsonObject, type ServiceContext } from '../contracts.ts';
import { restJson } from '../rest-page.ts';
import type { Permission, RestCall, Service } from '../service.ts';
import { mailIn } from './mail-in.ts';
import { Mails } from './mails.ts';

const SEND = '/v2/email/outbound-emails';

/** SES, version 2 of its API: what is sent is kept, and goes nowhere. */
export class SesService implements Service {
  readonly name = 'ses';
  readonly meters = ['ses.messages'];
  readonly mails: Mails;
  readonly #context: ServiceContext;

  /** @param dataDir where mails are, in `ses/` below it. @default in memory */
  constructor(context: ServiceContext, { dataDir }: { readonly dataDir?: string }) {
    this.#context = context;
    this.mails = new Mails(dataDir === undefined ? undefined : path.join(dataDir, 'ses'));
  }

  rest(request: EndpointRequest): RestCall | undefined {
    if (!request.path.startsWith('/v2/email/')) return undefined;
    if (request.method !== 'POST' || request.path !== SEND) {
      throw new AwsError('UnknownOperationException', 'Of SES this runtime has SendEmail alone.', 404);
    }
    const input = bodyOf(request);
    return {
      operation: 'SendEmail',
      input,
      answer: async () => {
        const { clock, meter, newId } = this.#context;
        const sentAt = new Date(clock.now()).toISOString();
        const id = `${sentAt.replaceAll(/\D/g, '')}-${newId()}`;
        const mail = mailIn(input);
        await this.mails.add({ id, sentAt, ...mail });
        // Each recipient counts as one.
        meter.count('ses.messages', mail.from, mail.to.length);
        return restJson({ MessageId: id });
      },
    };
  }

  /** The identity is the domain of the sender. */
  permissions(operation: string, { FromEmailAddress }: JsonObject): Permission[] {
    const domain = (typeof FromEmailAddress === 'string' ? FromEmailAddress : '').replace(/^.*@/, '').replace(/>$/, '');
    return [{ action: `ses:${operation}`, resource: arnOf(this.#context, this.name, `identity/${domain}`) }];
  }
}

function bodyOf({ body }: EndpointRequest): JsonObject {
  try {
    return JSON.parse(body) as JsonObject;
  } catch {
    throw new AwsError('BadRequestException', 'The body is no JSON.');
  }
}
