/** Answers to the owner's calls about the profile. */
import { nodeName } from '../../../shared/language/names.ts';
import { divisionsOf } from '../platform/regions.ts';
import type { Session } from '../session.ts';
import type { Handlers } from './handlers.ts';

type ProfileMethods = Extract<keyof Handlers, `profile.${string}`>;

/** `open` gives the services of the open vault. @throws {AppError} ERR_VAULT_LOCKED */
export function createProfileHandlers(open: () => Pick<Session, 'enrichment' | 'openClosed' | 'shutClosed'>) {
  return {
    'profile.list': () => open().enrichment.list(),
    'profile.why': ({ id }) => open().enrichment.why(id),
    'profile.words': async ({ itemIds, id }) => ({ found: await open().enrichment.words(itemIds, id) }),
    'profile.claimed': () => open().enrichment.claimed(),
    'profile.patterns': () => open().enrichment.patterns(),
    'profile.trends': () => open().enrichment.trends(),
    'profile.declare': (input) => open().enrichment.declare(input),
    'profile.correct': (input) => open().enrichment.correct(input),
    'profile.ruleChange': () => open().enrichment.ruleChange(),
    'profile.applyRules': () => open().enrichment.applyRules(),
    'profile.pin': ({ id }) => open().enrichment.pin(id),
    'profile.weaken': ({ id }) => open().enrichment.weaken(id),
    'profile.notMe': async ({ itemIds, scope }) => ({ said: await open().enrichment.notMe(itemIds, scope) }),
    'profile.disowned': () => ({ said: open().enrichment.disowned() }),
    async 'profile.wasMe'({ ids }) {
      await open().enrichment.wasMe(ids);
      return { owned: true };
    },
    'profile.reject': ({ id }) => open().enrichment.reject(id),
    'profile.rejections': () => ({ rejections: open().enrichment.rejections() }),
    async 'profile.restore'({ id }) {
      await open().enrichment.restore(id);
      return { restored: true };
    },
    'profile.delete'({ id }) {
      open().enrichment.delete(id);
      return { deleted: true };
    },
    'profile.openClosed': async ({ proof }) => ({ openUntilMs: await open().openClosed(proof) }),
    'profile.shutClosed'() {
      open().shutClosed();
      return { shut: true };
    },
    'profile.parts': ({ country }) => ({ parts: divisionsOf(country) }),
    'profile.taxonomy': () => ({ nodes: open().enrichment.taxonomy.nodes.map((node) => ({ ...node, label: nodeName(node) })) }),
  } satisfies Pick<Handlers, ProfileMethods>;
}
