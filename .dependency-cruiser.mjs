/** Which part of the repository may import which: the rules of the architecture as lint, without exemptions. */
import { CONSOLE_RULES } from './console/import-rules.mjs';

/** Packages, in the project's own folder or in one that several checkouts share. */
const packages = '(^|/)node_modules/';
const sdk = `${packages}@aws-sdk/`;

/** Files that are started or bundled by their path, without an import. */
const started = ['^functions/[^/]+/[^/]+\\.ts$', '/(main|worker)\\.ts$', '^lib/bundling/', '/bootstrap\\.mjs$'];

const rules = [
  {
    name: 'no-circles',
    comment: 'Two modules that need each other at run time should be one module, or three; types may name each other.',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'nothing-unresolved',
    comment: 'An import that does not resolve fails at run time. Only aws-lambda is types, and sagas come by a build.',
    from: {},
    to: { couldNotResolve: true, pathNot: ['^aws-lambda$', '^virtual:sagas$'] },
  },
  {
    name: 'nothing-unused',
    comment: 'A file that nothing reaches is dead, or is missing in a list such as local/services.ts.',
    from: { path: [...started, '^(bin|launch|bench)/'] },
    to: { path: '^(functions|lib|local|partners)/', pathNot: started, reachable: false },
  },
  {
    name: 'contexts-have-four-layers',
    comment: 'A file of a context is an entry point, or the composition, or in one of the four layers.',
    from: {},
    to: {
      path: '^functions/[^/]+/[^/]+/',
      pathNot: '^functions/((shared|published)/|[^/]+/(domain|application|http|adapters)/)',
    },
  },
  {
    name: 'domain-is-pure',
    comment:
      'Rules know no I/O, clock, randomness or SDK: a domain imports itself, the kernel, and the events and texts that contexts publish.',
    from: { path: '^functions/([^/]+)/domain/' },
    to: {
      pathNot: [
        '^functions/$1/domain/',
        '^functions/shared/kernel/',
        '^functions/published/(order-events|order-refunds|order-rest|order-shipments|order-transfers|stock-events|transfer-events|notifications)\\.ts$',
      ],
    },
  },
  {
    name: 'kernel-stands-alone',
    comment: 'Every folder imports the kernel, so the kernel imports none; uuid makes ids without randomness (v5).',
    from: { path: '^functions/shared/kernel/' },
    to: { pathNot: ['^functions/shared/kernel/', `${packages}uuid/`] },
  },
  {
    name: 'application-knows-no-edge',
    comment: 'A use case knows the domain and ports, and neither HTTP, nor an adapter, nor an SDK.',
    from: { path: '^functions/([^/]+)/application/' },
    to: {
      pathNot: [
        '^functions/$1/(application|domain)/',
        '^functions/shared/(kernel|saga-step|commands)/',
        '^functions/shared/(event-log/(port|in-batches)|tasks/(book-task|change-book-task|ports)|outbound/(instance|ports|errors|credentials/credential))\\.ts$',
        '^functions/shared/configuration/(change-record|differences|document|merged)\\.ts$',
        '^functions/published/((order|stock|transfer)-(events|log)|order-(refunds|rest|shipments|transfers))\\.ts$',
        `${packages}uuid/`,
      ],
    },
  },
  {
    name: 'ports-are-interfaces',
    comment: 'A port is an interface in our vocabulary: it knows the domain and the kernel, and no use case.',
    from: { path: '^functions/[^/]+/application/[a-z-]*ports\\.ts$' },
    to: { path: '^functions/[^/]+/application/' },
  },
  {
    name: 'adapters-import-no-use-case',
    comment: 'An adapter implements a port; it neither carries out a use case nor answers a request.',
    from: { path: '^functions/([^/]+)/adapters/' },
    to: { path: '^functions/[^/]+/(application|http)/', pathNot: '^functions/$1/application/[a-z-]*ports\\.ts$' },
  },
  {
    name: 'http-knows-no-adapter',
    comment: 'An answer over HTTP does not depend on the store that it is read from.',
    from: { path: '^functions/[^/]+/http/' },
    to: { path: ['/adapters/', sdk] },
  },
  {
    name: 'no-lambda-imports-a-lambda',
    comment: 'The files at the root of a context are what AWS invokes: they share code through the folders beneath.',
    from: { path: '^functions/[^/]+/' },
    to: {
      path: '^functions/[^/]+/[^/]+\\.ts$',
      pathNot: '^functions/([^/]+/(composition|routes)|(published|shared)/[^/]+)\\.ts$',
    },
  },
  {
    name: 'only-lambdas-compose',
    comment: 'The composition of a context makes its adapters: only the Lambda entry points may ask for them.',
    from: { path: '^functions/[^/]+/[^/]+/' },
    to: { path: '^functions/[^/]+/composition\\.ts$' },
  },
  {
    name: 'contexts-do-not-touch',
    comment: 'Bounded contexts meet through published events and the saga, not through imports.',
    from: { path: '^functions/([^/]+)/', pathNot: '^functions/(shared|published)/' },
    to: { path: '^functions/', pathNot: ['^functions/$1/', '^functions/(shared|published)/'] },
  },
  {
    name: 'published-joins-what-contexts-publish',
    comment: 'Lists that span contexts are joined from their events, errors, routes and contracts, and nothing behind.',
    from: { path: '^functions/published/' },
    to: {
      path: ['^functions/', packages],
      pathNot: [
        '^functions/published/',
        '^functions/shared/(kernel|http)/',
        '^functions/shared/event-log/(aggregate|port)\\.ts$',
        '^functions/shared/[^/]+/(errors|tables)\\.ts$',
        '^functions/[^/]+/domain/(events|stock-events|transfer-events|event-data|errors|notifications)\\.ts$',
        '^functions/[^/]+/http/(contracts/|[^/]*contracts?\\.ts$|problems\\.ts$)',
        '^functions/[^/]+/routes\\.ts$',
      ],
    },
  },
  {
    name: 'contracts-are-light',
    comment: 'A contract can be read without loading a handler, an adapter, or any library but zod.',
    from: { path: '^functions/[^/]+/(http/contracts/|routes\\.ts$)' },
    to: {
      path: ['/adapters/', packages, '^functions/shared/(edge|event-log|saga-step|outbound)/'],
      pathNot: [`${packages}zod/`],
    },
  },
  {
    name: 'shared-knows-no-context',
    comment: 'What every context shares depends on none of them.',
    from: { path: '^functions/shared/', pathNot: '^functions/shared/(saga-step|commands)/' },
    to: { path: '^functions/', pathNot: '^functions/shared/' },
  },
  {
    name: 'streams-know-published-events',
    comment: 'Steps and commands read the stream of an order, with events of several contexts: they know no context.',
    from: { path: '^functions/shared/(saga-step|commands)/' },
    to: {
      path: '^functions/',
      pathNot: ['^functions/shared/', '^functions/published/order-(events|log|log-tables|refunds)\\.ts$'],
    },
  },
  {
    name: 'sdk-only-in-adapters',
    comment: 'The AWS SDK is called in adapters, and in the shared folders that adapters use.',
    from: { path: '^functions/', pathNot: ['/adapters/', '^functions/shared/(edge|event-log|rate-limit)/'] },
    to: { path: sdk },
  },
  {
    name: 'functions-know-only-functions',
    comment: 'What is deployed knows neither the stacks nor the runtime.',
    from: { path: '^functions/' },
    to: { path: '^(lib|local|bin|launch|partners|test|bench)/' },
  },
  {
    name: 'infrastructure-knows-only-names',
    comment:
      'Infrastructure takes from functions what both must agree on, and nothing else: tables, routes, problem types, headers of answers, addresses, kinds of dead letters, languages, and the names of events, sources, partners, metrics and alarms.',
    from: { path: '^lib/' },
    to: {
      path: '^(functions|local|launch|partners|test|bench)/',
      pathNot: [
        '^functions/[^/]+/routes\\.ts$',
        '^functions/[^/]+/adapters/(tables|metrics|partner|alarm-prefix)\\.ts$',
        '^functions/shared/[^/]+/(tables|metrics|parameter)\\.ts$',
        '^functions/shared/(http/(route|problems|security-headers)|kernel/(safe-url|letter-kind))\\.ts$',
        '^functions/published/(event-sources|dependencies|languages|notifications|order-log-tables|inventory-tables|notification-tables|transfer-log-tables)\\.ts$',
      ],
    },
  },
  {
    name: 'constructs-know-no-context',
    comment: 'The infrastructure of every context is made of constructs: they depend on no context and no stack.',
    from: { path: '^lib/constructs/' },
    to: { path: ['^lib/(contexts|stacks)/', '^functions/'], pathNot: '^functions/(shared|published)/' },
  },
  {
    name: 'infrastructure-of-contexts-does-not-touch',
    comment:
      'The infrastructure of a context knows the names of its own context: it gets what it needs of others from the app that makes it.',
    from: { path: '^lib/contexts/([^/.]+)' },
    to: {
      path: ['^lib/(contexts|stacks)/', '^functions/'],
      pathNot: ['^lib/contexts/$1(/|\\.ts$)', '^functions/($1|shared|published)/'],
    },
  },
  {
    name: 'runtime-knows-no-orders',
    comment: 'The embedded runtime boots any app of ours: it reads the assembly, never our sources.',
    from: { path: '^local/' },
    to: { path: '^(functions|lib|bin|launch|partners|test|bench)/' },
  },
  {
    name: 'runtime-has-no-circles',
    comment: 'In the runtime, not even types name each other in a circle: files can be read one after the other.',
    from: { path: '^local/' },
    to: { path: '^local/', circular: true },
  },
  {
    name: 'runtime-folders-meet-through-services',
    comment: 'A folder of the runtime imports the root of local/, and other folders only through their service.ts.',
    from: { path: '^local/([^/]+)/' },
    to: { path: '^local/[^/]+/', pathNot: ['^local/$1/', '^local/[^/]+/service\\.ts$'] },
  },
  {
    name: 'runtime-root-is-shared',
    comment: 'Every folder imports the root of local/, so the root imports no folder; only boot.ts and services.ts do.',
    from: { path: '^local/[^/]+\\.ts$', pathNot: '^local/(boot|services)\\.ts$' },
    to: { path: '^local/[^/]+/' },
  },
  {
    name: 'partners-are-strangers',
    comment: 'Simulated partners stand for other companies: only the protocol joins us.',
    from: { path: '^partners/' },
    to: { path: '^(functions|lib|local|bin|launch|test|bench)/' },
  },
  ...CONSOLE_RULES,
  {
    name: 'tests-are-not-shipped',
    comment: 'Only tests and benchmarks import test code.',
    from: { pathNot: '^(test|bench)/' },
    to: { path: '^(test|bench)/' },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: rules.map((rule) => ({ severity: 'error', ...rule })),
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
