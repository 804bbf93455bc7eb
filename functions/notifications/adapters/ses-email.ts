import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { sdkClient } from '../../shared/edge/sdk-client.ts';
import { DependencyUnavailable } from '../../shared/kernel/errors.ts';
import type { Channel, EmailOutcome, Publication } from '../application/ports.ts';

/** SES will not take this mail, however often it is asked. */
const REFUSALS = new Set(['MessageRejected', 'BadRequestException']);
/** The request has reached nobody. */
const UNREACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);
const CHARSET = 'UTF-8';

/** E-mail by Amazon SES. */
export class SesEmail implements Channel {
  readonly #client: SESv2Client;
  readonly #sender: string;

  /** @param client tries once: a repetition of a request that SES has carried out would be a second mail */
  constructor(sender: string, client = sdkClient(SESv2Client, { maxAttempts: 1 })) {
    this.#client = client;
    this.#sender = sender;
  }

  async publish({ address, subject, text, html }: Publication): Promise<EmailOutcome> {
    const content = (Data: string) => ({ Data, Charset: CHARSET });
    const Body = { Text: content(text), Html: content(html) };
    try {
      await this.#client.send(
        new SendEmailCommand({
          FromEmailAddress: this.#sender,
          Destination: { ToAddresses: [address] },
          Content: { Simple: { Subject: content(subject), Body } },
        }),
      );
      return 'sent';
    } catch (error) {
      return outcomeOf(error);
    }
  }

  close(): void {
    this.#client.destroy();
  }
}

/** What a failed request has come to. @throws DependencyUnavailable when nothing was sent, and may be later */
function outcomeOf(error: unknown): EmailOutcome {
  const {
    name = '',
    code = '',
    $metadata,
  } = error as {
    readonly name?: string;
    readonly code?: string;
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  if (REFUSALS.has(name)) return 'refused';
  const status = $metadata?.httpStatusCode;
  const isDefinite = UNREACHED.has(code) || (status !== undefined && status >= 400 && status < 500);
  if (isDefinite) throw new DependencyUnavailable(`SES takes no mail now: ${name}.`, { cause: error });
  return 'unknown';
}
