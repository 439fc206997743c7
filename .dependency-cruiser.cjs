/** Who may know whom. Everything inside core follows from this one list: a feature looks down it, never up or sideways. */
const TIERS = [
  ['platform'],
  ['migrations'],
  ['vault'],
  ['audit'],
  ['records', 'settings'],
  ['sources', 'enrichment', 'consent', 'anonymizer'],
  ['tokens', 'explorer', 'exposure'],
  ['oversight', 'portability'],
  ['redemption'],
  ['rpc', 'process', 'workers', '(?:core|session|state)\\.ts'],
];
const core = (name) => `^electron/core/${name}${name.endsWith('.ts') ? '$' : '/'}`;

const tierRules = TIERS.slice(0, -1).flatMap((tier, level) => {
  const above = TIERS.slice(level + 1).flat().filter((name) => name !== '(?:core|session|state)\\.ts').map(core);
  return tier.map((name) => ({
    name: `tier-${name}`,
    comment: `${name} must not know what is above it or beside it`,
    severity: 'error',
    from: { path: core(name) },
    to: { path: [...above, ...tier.filter((other) => other !== name).map(core), '^electron/core/(?:core|session|state)\\.ts$'] },
  }));
});

const rule = (name, from, to) => ({ name, severity: 'error', from, to });

module.exports = {
  forbidden: [
    ...tierRules,
    rule('shared-imports-only-shared', { path: '^shared/' }, { path: '^(electron|renderer|sdk|test|scripts)/' }),
    rule('shared-is-runtime-neutral', { path: '^shared/' }, { dependencyTypes: ['core'] }),
    rule('protocol-stands-alone', { path: '^shared/protocol/' }, { path: '^shared/(?!protocol/)' }),
    rule('renderer-imports-only-shared', { path: '^renderer/' }, { path: '^(electron|sdk|test|scripts)/' }),
    rule('renderer-has-no-node', { path: '^renderer/' }, { dependencyTypes: ['core'] }),
    rule('renderer-keeps-zod-out', { path: '^renderer/' }, { path: '^shared/(api|protocol/schemas)', dependencyTypesNot: ['type-only'] }),
    rule('ui-knows-no-feature', { path: '^renderer/src/ui/' }, { path: '^renderer/src/(features|app|bridge)/' }),
    rule('features-are-strangers', { path: '^renderer/src/features/([^/]+)/' }, { path: '^renderer/src/features/', pathNot: '^renderer/src/features/$1/' }),
    rule('core-is-host-independent', { path: '^electron/core/' }, { path: ['^electron/(shell|web-host|cli)/', '^renderer/', '^sdk/', 'node_modules/electron/'] }),
    rule('programs-are-siblings', { path: '^electron/(shell|web-host|cli)/' }, { path: '^electron/(shell|web-host|cli)/', pathNot: '^electron/$1/' }),
    rule('electron-only-in-shell', { path: '^(electron|shared|renderer|sdk)/', pathNot: '^electron/shell/' }, { path: 'node_modules/electron/' }),
    rule('electron-values-only-at-the-edge', { path: '^electron/shell/', pathNot: '^electron/shell/(main|preload)\\.ts$' }, { path: 'node_modules/electron/', dependencyTypesNot: ['type-only'] }),
    rule('preload-stays-tiny', { path: '^electron/shell/(preload|page-end)\\.ts$' }, { pathNot: ['^electron/shell/(channels|page-end)\\.ts$', '^shared/api/wire\\.ts$', '^shared/errors/', 'node_modules/electron/'] }),
    rule('driver-only-in-platform', { path: '^(electron|shared|renderer|sdk)/', pathNot: '^electron/core/platform/sqlite/' }, { path: 'better-sqlite3' }),
    rule('repositories-are-private', { path: '^electron/core/([^/]+)/' }, { path: '-repository\\.ts$', pathNot: '^electron/core/$1/' }),
    rule('migrations-are-frozen', { path: '^electron/core/migrations/[0-9]' }, { pathNot: '^electron/core/platform/sqlite/types\\.ts$' }),
    rule('sdk-stands-alone', { path: '^sdk/' }, { path: '^(electron|renderer|test|scripts)/|^shared/(?!protocol/)' }),
    rule('sdk-runs-anywhere', { path: '^sdk/src/' }, { dependencyTypes: ['core'] }),
    rule('no-circles', {}, { circular: true }),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
};
