import { Problem } from '../../shared/http/problem.ts';
import { INVALID_REQUEST, PRECONDITION_FAILED } from '../../shared/http/problems.ts';
import type { ChangeRefusal } from '../application/change-configuration.ts';

/** Names every fault, with a pointer to it in the body. */
export function problemOfRefusal(refusal: ChangeRefusal): Problem {
  if (refusal.kind === 'changed-meanwhile') {
    return new Problem(PRECONDITION_FAILED, `The configuration is at version ${refusal.version}.`);
  }
  const errors = refusal.faults.map(({ path, detail }) => ({ pointer: pointerTo(path), detail }));
  const detail = errors.map(({ pointer, detail: fault }) => `${pointer}: ${fault}`).join('; ');
  return new Problem(INVALID_REQUEST, detail, { errors });
}

const pointerTo = (path: string): string => ['/settings', ...(path === '' ? [] : path.split('.'))].join('/');
