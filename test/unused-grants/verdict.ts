import type { Grant } from '../../local/iam/service.ts';
import type { Explained } from './explained.ts';
import { nameOf, type Recorded } from './recorded.ts';

export interface Verdict {
  /** Granted, never used, and not explained. */
  readonly unused: readonly Recorded[];
  /** Explanations that are not true any more, in words. */
  readonly stale: readonly string[];
}

/** @param grants what platforms have recorded while the suites ran */
export function verdictOn(grants: readonly Recorded[], explained: readonly Explained[]): Verdict {
  const kin = new Set(grants.filter(({ used }) => used).map(withoutRole));
  const explains = (one: Explained, grant: Recorded): boolean =>
    isAbout(one, grant) && (one.used !== 'by others' || kin.has(withoutRole(grant)));
  return {
    unused: grants.filter((grant) => !grant.used && !explained.some((one) => explains(one, grant))),
    stale: explained.flatMap((one) =>
      staleness(
        one,
        grants.filter((grant) => isAbout(one, grant)),
      ),
    ),
  };
}

const withoutRole = ({ action, resource }: Grant): string => nameOf({ role: '', action, resource });

const isAbout = ({ role, action, resource }: Explained, grant: Grant): boolean =>
  action.test(grant.action) && (role?.test(grant.role) ?? true) && (resource?.test(grant.resource) ?? true);

function staleness({ why, used }: Explained, about: readonly Recorded[]): readonly string[] {
  if (about.length === 0) return [`Nothing is granted any more that this explains: ${why}`];
  const asked = about.find((grant) => grant.used);
  return used === 'by AWS' && asked
    ? [`${nameOf(asked)} is used on this machine, so that this is not true: ${why}`]
    : [];
}
