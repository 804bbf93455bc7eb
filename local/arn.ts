import type { ServiceContext } from './contracts.ts';

/** The region and the account in which everything of this runtime is. */
export type Location = Pick<ServiceContext, 'region' | 'account'>;

/** @param resource what follows the account, such as `table/orders` */
export const arnOf = ({ region, account }: Location, service: string, resource: string): string =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

/** An ARN as it is, a name with the prefix of its kind, such as `table/`: requests may have either. */
export const namedArn = (location: Location, service: string, prefix: string, nameOrArn: string): string =>
  nameOrArn.startsWith('arn:') ? nameOrArn : arnOf(location, service, `${prefix}${nameOrArn}`);

/** The service in an ARN, such as `sqs`. */
export const serviceOf = (arn: string): string | undefined => arn.split(':')[2];
