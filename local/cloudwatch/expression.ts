import jsonata from 'jsonata';

/** A metric math expression over the values of one period; undefined when one that it needs is missing. */
export type Expression = (values: Readonly<Record<string, number | undefined>>) => Promise<number | undefined>;

/** What metric math has, as far as it is known here; also the words of it, which are no metrics. */
const KNOWN = /\bFILL\(\s*[a-z]\w*\s*,\s*\d+(?:\.\d+)?\s*\)|\bIF\(|[a-z]\w*|\d+(?:\.\d+)?|[<>]=?|[-+*/(),]|\s+/g;

/**
 * Metric math as alarms use it: numbers, metrics by their names, arithmetic, comparisons, `IF(condition, then, else)`, and `FILL(metric, number)` for
 * periods without data. As on AWS, what needs a metric without data has no result, and neither has a division by zero.
 * @throws Error for anything else
 */
export function parseExpression(text: string): Expression {
  const rest = text.replace(KNOWN, '');
  if (rest !== '') throw new Error(`The expression "${text}" has "${rest}", which this runtime does not have.`);
  const expression = jsonata(text.replaceAll('FILL(', '$fill(').replaceAll('IF(', '$if('));
  expression.registerFunction('fill', (value: number | undefined, instead: number) => value ?? instead);
  expression.registerFunction(
    'if',
    (condition: boolean | undefined, then: number | undefined, other: number | undefined) =>
      condition === undefined ? undefined : condition ? then : other,
  );
  return async (values) => {
    const result = (await expression.evaluate(values)) as number | undefined;
    return Number.isFinite(result) ? result : undefined;
  };
}
