/** What the console may import of the project, and who may import it. */
export const CONSOLE_RULES = [
  {
    name: 'console-knows-only-contracts',
    comment:
      'The console is a client of the API like any other: it imports its packages, and of the rest of the project the types of contracts alone.',
    from: { path: '^console/' },
    to: {
      path: '^(functions|lib|local|bin|launch|partners|statemachines|test|bench)/',
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'console-takes-types-of-contracts',
    comment: 'What the API promises is in the contracts; everything behind them can change without the console.',
    from: { path: '^console/' },
    to: {
      path: '^(functions|lib|local|bin|launch|partners|statemachines|test|bench)/',
      pathNot: '^functions/[^/]+/http/contracts/',
    },
  },
  {
    name: 'nobody-knows-the-console',
    comment: 'The console is built by itself and served as files: only tests import its pure parts.',
    from: { pathNot: '^(console|test)/' },
    to: { path: '^console/' },
  },
];
