import jsonata from 'jsonata';

/** A metric math expression over the values of one period; undefined when one that it needs is missing. */
export type Expression = (values: Readonly<Record<string, number | undefined>>) => Promise<number | undefined>;

/**
 * Metric math as alarms use it: numbers, metrics by their names, arithmetic, and `FILL(metric, number)` for periods without
 * data. As on AWS, arithmetic with a metric that has no data has no result.
 * @throws Error for anything else
 */
export function parseExpression(text: string): Expression {
  const rest = text.replace(/\bFILL\(\s*[a-z]\w*\s*,\s*\d+(?:\.\d+)?\s*\)|[a-z]\w*|\d+(?:\.\d+)?|[-+*/()]|\s+/g, '');
  if (rest !== '') throw new Error(`The expression "${text}" has "${rest}", which this runtime does not have.`);
  const expression = jsonata(text.replaceAll('FILL(', '$fill('));
  expression.registerFunction('fill', (value: number | undefined, instead: number) => value ?? instead);
  return async (values) => (await expression.evaluate(values)) as number | undefined;
}
