/** Reads what SendEmail is asked for. */
import { AwsError, type Json, type JsonObject } from '../contracts.ts';
import { text } from '../properties.ts';
import type { Mail } from './mails.ts';

const object = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
const data = (value: Json | undefined): string | undefined => text(object(value).Data);
/** RFC 5321 has 254 characters at most; that there is a mailbox, only its host knows. */
const ADDRESS = /^[^\s@<>]{1,64}@[^\s@<>]{1,189}$/;

/** @throws AwsError `BadRequestException` for what SES refuses, and for kinds of content that this runtime does not have */
export function mailIn({ FromEmailAddress, Destination, Content }: JsonObject): Omit<Mail, 'id' | 'sentAt'> {
  const from = text(FromEmailAddress);
  const { ToAddresses = [], CcAddresses, BccAddresses } = object(Destination);
  const to = Array.isArray(ToAddresses) ? ToAddresses.map(String) : [];
  if (from === undefined || to.length === 0) throw refused('A sender and at least one recipient are needed.');
  if (CcAddresses !== undefined || BccAddresses !== undefined) throw refused('This runtime knows ToAddresses alone.');
  const wrong = to.find((address) => !ADDRESS.test(address));
  if (wrong !== undefined) throw refused(`Illegal address: ${wrong}`);
  const simple = object(object(Content).Simple);
  const subject = data(simple.Subject);
  const body = object(simple.Body);
  const [plain, html] = [data(body.Text), data(body.Html)];
  if (subject === undefined || (plain === undefined && html === undefined)) {
    throw refused('Content is to be Simple, with a Subject and a Body of Text or Html.');
  }
  return {
    from,
    to,
    subject,
    ...(plain === undefined ? {} : { text: plain }),
    ...(html === undefined ? {} : { html }),
  };
}

const refused = (message: string): AwsError => new AwsError('BadRequestException', message);
