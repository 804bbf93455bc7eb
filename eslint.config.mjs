import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

const PRIVATE = {
  selector: ":matches(PropertyDefinition, MethodDefinition[kind!='constructor'])[accessibility='private']",
  message: 'Write #name: what is private is so at run time, too.',
};

/** The rules that need no types: oxlint.config.ts has those that do. */
export default tseslint.config(
  {
    ignores: [
      'node_modules/',
      'dist/',
      'console/dist/',
      'cdk.out/',
      'cdk.out-*/',
      '.waybill/',
      '.waybill-localstack/',
      'coverage/',
    ],
  },
  eslint.configs.recommended,
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      curly: ['error', 'multi-line'],
      'no-console': 'error',
      'max-lines': ['error', 250],
      'no-restricted-syntax': ['error', PRIVATE],
    },
  },
  {
    // Programs for people write to the terminal.
    files: [
      'launch/**',
      'bench/**',
      'bin/**',
      'partners/**/main.ts',
      'test/fault/main.ts',
      'test/crash/main.ts',
      'test/fault-matrix/main.ts',
      'test/model/main.ts',
      'test/api-fuzz/main.ts',
      'test/screenshots/main.ts',
      'test/unused-grants/main.ts',
      'test/released/record.ts',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['functions/**/domain/**'],
    rules: {
      // Time, ids and chance arrive as data.
      'no-restricted-globals': [
        'error',
        {
          globals: ['Date', 'fetch', 'process', 'setTimeout', 'setInterval', 'crypto', 'performance'].map((name) => ({
            name,
            message: 'Domain code is pure: time, ids and chance arrive as data.',
          })),
          checkGlobalObject: true,
        },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Domain code is pure: chance arrives as data.' },
      ],
    },
  },
  {
    files: ['functions/*/application/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        {
          globals: ['fetch', 'process'].map((name) => ({
            name,
            message: 'A use case calls a port; its adapter does the HTTP, and the composition reads the environment.',
          })),
          checkGlobalObject: true,
        },
      ],
    },
  },
  {
    files: ['functions/**'],
    rules: {
      // esbuild drops what is unused from a namespace import, and nothing from the object that zod exports as z.
      'no-restricted-syntax': [
        'error',
        PRIVATE,
        {
          selector:
            "ImportDeclaration[importKind='value'][source.value='zod'] > :matches(ImportSpecifier, ImportDefaultSpecifier)",
          message: "Write: import * as z from 'zod'. It keeps 350 KB out of the bundle.",
        },
      ],
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        setInterval: 'readonly',
        URL: 'readonly',
        console: 'readonly',
        fetch: 'readonly',
      },
    },
  },
);
