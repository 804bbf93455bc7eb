import type { SettingFault } from '../../shared/configuration/document.ts';
import { Problem } from '../../shared/http/problem.ts';
import { INVALID_REQUEST, PRECONDITION_FAILED } from '../../shared/http/problems.ts';
import type { ChangeRefusal } from '../application/change-configuration.ts';

/** Names every fault, with a pointer to it in the body. */
export function problemOfRefusal(refusal: ChangeRefusal): Problem {
  if (refusal.kind === 'changed-meanwhile') {
    return new Problem(PRECONDITION_FAILED, `The configuration is at version ${refusal.version}.`);
  }
  const { faults } = refusal;
  return new Problem(INVALID_REQUEST, faults.map(sentenceOf).join('; '), {
    errors: faults.map(({ path, detail }) => ({
      pointer: ['/settings', ...(path === '' ? [] : path.split('.'))].join('/'),
      detail,
    })),
  });
}

const sentenceOf = ({ path, detail }: SettingFault): string => `${path || 'The document'}: ${detail}`;
