import * as z from 'zod';
import { limitParameter } from '../../shared/http/page-limit.ts';

/** The query of `GET /api/v1/configuration/history`. */
export const historyQuery = z.strictObject({ limit: limitParameter });
