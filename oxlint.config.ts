import { defineConfig } from 'oxlint';

/**
 * The rules that ask for types: those of typescript-eslint's recommendedTypeChecked, on the native compiler. All others are in eslint.config.mjs
 * (docs/decisions/0161-rules-that-ask-for-types-run-on-the-native-compiler.md).
 */
export default defineConfig({
  options: {
    typeAware: true,
    // Each linter has comments of its own to be told that a finding is meant, so that it knows which of them are of no use.
    respectEslintDisableDirectives: false,
    reportUnusedDisableDirectives: 'error',
  },
  // They have no types. What is built is left out as .gitignore has it.
  ignorePatterns: ['**/*.mjs'],
  plugins: ['typescript'],
  // Only what is named here.
  categories: { correctness: 'off' },
  rules: {
    'typescript/await-thenable': 'error',
    'typescript/no-array-delete': 'error',
    'typescript/no-base-to-string': 'error',
    'typescript/no-duplicate-type-constituents': 'error',
    // The error of a promise that is not awaited is lost.
    'typescript/no-floating-promises': 'error',
    'typescript/no-for-in-array': 'error',
    'typescript/no-implied-eval': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/no-redundant-type-constituents': 'error',
    'typescript/no-unnecessary-type-assertion': 'error',
    'typescript/no-unsafe-argument': 'error',
    'typescript/no-unsafe-assignment': 'error',
    'typescript/no-unsafe-call': 'error',
    'typescript/no-unsafe-enum-comparison': 'error',
    'typescript/no-unsafe-member-access': 'error',
    'typescript/no-unsafe-return': 'error',
    'typescript/no-unsafe-unary-minus': 'error',
    'typescript/only-throw-error': 'error',
    'typescript/prefer-promise-reject-errors': 'error',
    'typescript/restrict-plus-operands': 'error',
    'typescript/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'typescript/unbound-method': 'error',
  },
  overrides: [
    {
      // Templates are JSON: each test knows the shape that it asserts, and fails when it is another.
      files: ['test/infra/**'],
      rules: {
        'typescript/no-unsafe-argument': 'off',
        'typescript/no-unsafe-call': 'off',
        'typescript/no-unsafe-member-access': 'off',
        'typescript/no-unsafe-return': 'off',
      },
    },
    {
      // The types of vitest's matchers, such as expect.anything(), are `any`, as they stand where a value of any type may stand.
      files: ['test/**'],
      rules: { 'typescript/no-unsafe-assignment': 'off' },
    },
  ],
});
