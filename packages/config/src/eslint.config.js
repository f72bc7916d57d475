import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import { folkmoot } from './rules.js';

/** The lint rules of the house: the recommended sets, the import walls and the file sizes. */
export default ts.config(
  {
    ignores: [
      '**/build/',
      '**/.svelte-kit/',
      '**/node_modules/',
      '.data/',
      '**/paraglide/',
      'db/migrations/',
      '**/*.d.ts',
    ],
  },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
    plugins: { folkmoot },
    rules: {
      'folkmoot/walls': 'error',
      'folkmoot/locale-passed': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
      'max-lines-per-function': [
        'error',
        { max: 60, skipBlankLines: true, skipComments: true, IIFEs: false },
      ],
      'no-console': 'error',
      'no-undef': 'off',
      eqeqeq: ['error', 'smart'],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-dynamic-delete': 'off',
      'svelte/no-navigation-without-resolve': 'off',
      'svelte/no-at-html-tags': 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: { 'max-lines-per-function': 'off', 'prefer-const': 'off', 'svelte/prefer-const': 'error' },
  },
  {
    // A test's `describe` is one long function by nature; its file may be longer, too.
    files: ['tests/**', '**/*.test.ts', '**/*.e2e.ts'],
    rules: { 'max-lines': ['error', 500], 'max-lines-per-function': 'off' },
  },
  {
    // Command lines speak to the terminal.
    files: [
      '**/cli.ts',
      '**/cli/**',
      'packages/config/src/**',
      'packages/words/src/compile.ts',
      'tests/load/**',
      'db/seeds/**',
      'apps/api/src/main.ts',
    ],
    rules: { 'no-console': 'off' },
  },
);
