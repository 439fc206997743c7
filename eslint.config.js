import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['out/', 'sdk/dist/', '.tsbuild/', 'node_modules/', 'test-results/', 'playwright-report/', '**/*.cjs', 'eslint.config.js', 'docs/**'] },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ['shared', 'core', 'shell', 'web-host', 'cli', 'renderer', 'sdk', 'sdk-node', 'test'].map((name) => `./tsconfig.${name}.json`),
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Several rules of the protocol are easiest to read as a record of functions some of which need not wait.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Use a constant object or a union.' },
        { selector: 'ExportDefaultDeclaration', message: 'Use named exports.' },
      ],
    },
  },
  {
    files: ['electron/core/**/*.ts'],
    ignores: ['electron/core/process/main.ts', 'electron/core/workers/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Use a constant object or a union.' },
        { selector: 'ExportDefaultDeclaration', message: 'Use named exports.' },
        { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'Time enters through ports.clock.' },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Time enters through ports.clock.' },
        { selector: "ImportSpecifier[imported.name='randomBytes']", message: 'Randomness enters through ports.randomBytes.' },
      ],
    },
  },
  { files: ['renderer/**/*.{ts,tsx}'], plugins: { 'react-hooks': hooks }, rules: { ...hooks.configs.recommended.rules } },
  // What its virtualizer returns is called in the one component that makes it, and passed to nobody.
  { files: ['renderer/src/ui/virtual-list.tsx'], rules: { 'react-hooks/incompatible-library': 'off' } },
  // Plain JavaScript that runs before there is TypeScript: the two launchers, and the demo shop's page.
  { files: ['**/*.mjs', '**/*.js'], extends: [tseslint.configs.disableTypeChecked], languageOptions: { parserOptions: { project: null, projectService: false }, globals: { process: 'readonly', URL: 'readonly', document: 'readonly', window: 'readonly', fetch: 'readonly', setTimeout: 'readonly', setInterval: 'readonly', clearInterval: 'readonly', clearTimeout: 'readonly', navigator: 'readonly', location: 'readonly', matchMedia: 'readonly', Blob: 'readonly', console: 'readonly', FormData: 'readonly' } } },
  { files: ['*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
);
