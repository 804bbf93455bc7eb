import * as z from 'zod';
import { Problem } from '../../shared/http/problem.ts';
import type { ProblemType } from '../../shared/http/problems.ts';
import type { ApiRequest } from '../../shared/http/request.ts';

export const DAY_NOT_FOUND: ProblemType = {
  kind: 'ledger-day-not-found',
  status: 404,
  title: 'There is no such day',
};

/** The day in the path of a request. @throws Problem 404 for a text that is no day */
export function dayIn({ pathParameters }: Pick<ApiRequest, 'pathParameters'>): string {
  const parsed = z.iso.date().safeParse(pathParameters.day);
  if (parsed.success) return parsed.data;
  const text = (pathParameters.day ?? '').slice(0, 64);
  throw new Problem(DAY_NOT_FOUND, `There is no day ${text}; expected a date such as 2026-11-27.`);
}
