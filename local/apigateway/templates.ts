/** The templates and expressions of answers, as far as they consist of literals and `$context`. */

/** Values of `$context`, by their path without the dollar sign, such as `context.requestId`. */
export type ContextVariables = Readonly<Record<string, string | number>>;

/** A literal in single quotes, or the name of a variable. */
export function valueOf(expression: string, variables: ContextVariables): string {
  const literal = /^'(.*)'$/s.exec(expression);
  return literal === null ? String(variables[expression] ?? '') : literal[1]!;
}

/** Values are escaped for a JSON string around them; `messageString` has its own quotes and is escaped already. */
export function render(template: string, variables: ContextVariables): string {
  return template.replaceAll(/\$(context(?:\.\w+)+)/g, (_, name: string) => {
    const value = String(variables[name] ?? '');
    return name === 'context.error.messageString' ? value : JSON.stringify(value).slice(1, -1);
  });
}
