import * as z from 'zod';

export const DAY_SECONDS = 86_400;

export const wholeNumber = (min: number, max: number) => z.int().min(min).max(max);
export const group = <Shape extends z.core.$ZodLooseShape>(shape: Shape) => z.strictObject(shape).readonly();
