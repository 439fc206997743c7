/** Answers to the owner's calls about scheduled backups, export and taking one over, and about every job under way. */
import type { Jobs } from '../platform/jobs/jobs.ts';
import type { CoreState } from '../state.ts';
import type { Session } from '../session.ts';
import type { Handlers } from './handlers.ts';

type PortabilityMethods = Extract<keyof Handlers, `backup.${string}` | `export.${string}` | `jobs.${string}`>;

export function createPortabilityHandlers(state: CoreState, open: () => Session) {
  /** Of the open vault, and those that make a vault while none is open. */
  const jobs = (): readonly Jobs[] => [...(state.session() ? [open().jobs] : []), state.rescues];
  return {
    'jobs.list': () => ({ jobs: jobs().flatMap((some) => some.list()) }),
    'jobs.pause': ({ jobId, paused }) => ({ paused: open().jobs.pause(jobId, paused) && paused }),
    'jobs.cancel': ({ jobId }) => ({ cancelled: (jobs().find((some) => some.list().some(({ id }) => id === jobId)) ?? state.rescues).cancel(jobId) }),
    'backup.status': () => open().backups.status(),
    'backup.setSchedule': ({ folderId, ...change }) => open().backups.setSchedule(folderId === undefined ? change : { ...change, folder: state.file(folderId).path }),
    'export.write': (lock) => open().moves.export(lock),
    'export.status': () => ({ canTakeOver: open().moves.canTakeOver() }),
    'export.preview': ({ fileId, ...key }) => open().moves.preview(state.file(fileId), key),
    async 'export.takeOver'({ fileId, ...key }) {
      const session = open();
      const taken = await session.moves.takeOver(state.file(fileId), key);
      // After a mistake or a stop the same file can be tried again.
      state.releaseFile(fileId);
      if (!session.settings.get().loopbackEnabled) await session.applyLoopback(false);
      state.emit('settings.changed', {});
      return taken;
    },
  } satisfies Pick<Handlers, PortabilityMethods>;
}
