/** Who may import what: the rooms of the house as lint. No exemptions. */

/** Where packages are, be it the project's own folder or one that several checkouts share. */
const packages = '(^|/)node_modules/';
const sdk = `${packages}@aws-sdk/`;

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Two modules that need each other at run time are one module, or three; types may name each other.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'nothing-unresolved',
      comment: 'An import that does not resolve fails at run time. The aws-lambda of the types has no code.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^aws-lambda$'] },
    },
    {
      name: 'domain-is-pure',
      comment: 'Rules know no I/O, clock, randomness or SDK: a domain imports itself and the kernel.',
      severity: 'error',
      from: { path: '^functions/([^/]+)/domain/' },
      to: { pathNot: ['^functions/$1/domain/', '^functions/shared/kernel/'] },
    },
    {
      name: 'kernel-stands-alone',
      comment: 'Everybody imports the kernel, so it imports nobody; uuid names things without chance (v5).',
      severity: 'error',
      from: { path: '^functions/shared/kernel/' },
      to: { pathNot: ['^functions/shared/kernel/', `${packages}uuid/`] },
    },
    {
      name: 'ports-speak-our-words',
      comment: 'A port is an interface in our vocabulary: it knows the domain, never an adapter or an SDK.',
      severity: 'error',
      from: { path: '^functions/[^/]+/ports\\.ts$' },
      to: {
        pathNot: ['^functions/[^/]+/domain/', '^functions/shared/kernel/', '^functions/shared/order-log/port\\.ts$'],
      },
    },
    {
      name: 'contexts-do-not-touch',
      comment: 'Bounded contexts meet through events and the saga, not through imports.',
      severity: 'error',
      from: { path: '^functions/([^/]+)/', pathNot: '^functions/(shared|api-docs)/' },
      to: { path: '^functions/', pathNot: ['^functions/$1/', '^functions/shared/'] },
    },
    {
      name: 'api-docs-read-contracts',
      comment: 'The API document is made of what every context promises, and of nothing behind it.',
      severity: 'error',
      from: { path: '^functions/api-docs/' },
      to: { path: '^functions/', pathNot: ['^functions/(api-docs|shared)/', '^functions/[^/]+/api/'] },
    },
    {
      name: 'contracts-are-light',
      comment: 'Whoever reads a contract loads neither the handler, nor an adapter, nor a library but zod.',
      severity: 'error',
      from: { path: '^functions/[^/]+/api/' },
      to: { path: ['/adapters/', packages, '^functions/shared/order-log/'], pathNot: [`${packages}zod/`] },
    },
    {
      name: 'shared-knows-no-context',
      comment: 'What everybody shares depends on nobody.',
      severity: 'error',
      from: { path: '^functions/shared/' },
      to: { path: '^functions/', pathNot: '^functions/shared/' },
    },
    {
      name: 'sdk-only-in-adapters',
      comment: 'AWS lives in adapters, and in the shared places that adapters stand on.',
      severity: 'error',
      from: { path: '^functions/', pathNot: ['/adapters/', '^functions/shared/(edge|order-log|rate-limit)/'] },
      to: { path: sdk },
    },
    {
      name: 'functions-know-no-house',
      comment: 'What is deployed knows neither the stacks nor the runtime.',
      severity: 'error',
      from: { path: '^functions/' },
      to: { path: '^(lib|local|bin|launch|partners|test|bench)/' },
    },
    {
      name: 'stacks-know-only-names',
      comment:
        'Infrastructure takes from functions what both must agree on, names of keys, indexes, metrics and problem types, and nothing else.',
      severity: 'error',
      from: { path: '^lib/' },
      to: {
        path: '^(functions|local|launch|partners|test|bench)/',
        pathNot: '^functions/shared/(tables|problem-catalogue|metric-names)\\.ts$',
      },
    },
    {
      name: 'runtime-knows-no-orders',
      comment: 'The embedded runtime boots any app of ours: it reads the assembly, never our sources.',
      severity: 'error',
      from: { path: '^local/' },
      to: { path: '^(functions|lib|bin|launch|partners|test|bench)/' },
    },
    {
      name: 'partners-are-strangers',
      comment: 'Simulated partners stand for other companies: only the protocol joins us.',
      severity: 'error',
      from: { path: '^partners/' },
      to: { path: '^(functions|lib|local|bin|launch|test|bench)/' },
    },
    {
      name: 'nobody-ships-tests',
      comment: 'Only tests and benchmarks import test code.',
      severity: 'error',
      from: { pathNot: '^(test|bench)/' },
      to: { path: '^(test|bench)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.json'],
    },
  },
};
