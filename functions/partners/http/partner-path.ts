/** What the paths of requests name. */
import type { ApiRequest } from '../../shared/http/request.ts';
import type { Partner } from '../application/ports.ts';
import { InstanceNotFound, ServiceNotFound } from '../domain/errors.ts';
import { INSTANCE_ID } from '../routes.ts';

type RequestWithPath = Pick<ApiRequest, 'pathParameters'>;

/** @throws ServiceNotFound for a name that no partner of this deployment has */
export function partnerOf({ pathParameters }: RequestWithPath, partners: readonly Partner[]): Partner {
  const name = pathParameters['partner'] ?? '';
  const partner = partners.find((each) => each.name === name);
  if (!partner) throw new ServiceNotFound(name.slice(0, 64));
  return partner;
}

/** @throws InstanceNotFound for a text that no instance can have as its id */
export function instanceIdOf({ pathParameters }: RequestWithPath, partner: Partner): string {
  const text = pathParameters['instanceId'] ?? '';
  if (!INSTANCE_ID.test(text)) throw new InstanceNotFound(partner.name, text.slice(0, 64));
  return text;
}
