/** Answers to the owner's calls about imports. */
import type { Watched } from '../sources/watched-folder.ts';
import type { SourcesService } from '../sources/sources-service.ts';
import type { Handlers } from './handlers.ts';

type SourcesMethods = Extract<keyof Handlers, `sources.${string}`>;

/** `open` gives the services of the open vault. @throws {AppError} ERR_VAULT_LOCKED */
export function createSourcesHandlers(open: () => { readonly sources: SourcesService }, folderPath: (folderId: string) => string) {
  const watchedOf = ({ found, ...rest }: Watched) => ({ ...rest, found: found.map((one) => ({ ...one, exports: [...one.exports] })) });
  return {
    'sources.preview': ({ fileIds, keepUnknown }) => open().sources.preview(fileIds, { keepUnknown }),
    'sources.watched': () => watchedOf(open().sources.watched.state()),
    async 'sources.watch'(input) {
      const { watched } = open().sources;
      watched.choose('folder' in input ? input.folder : folderPath(input.folderId));
      await watched.look();
      return watchedOf(watched.state());
    },
    'sources.previewWatched': ({ name }) => open().sources.previewWatched(name),
    'sources.dismissWatched': ({ name }) => ({ dismissed: open().sources.watched.dismiss(name) }),
    'sources.previewSamples': () => open().sources.previewSamples(),
    'sources.discardPreview': ({ previewId }) => ({ discarded: open().sources.discardPreview(previewId) }),
    async 'sources.rows'(input) {
      const { rows, more, summary } = await open().sources.rows(input);
      return { rows: [...rows], more, summary: summary && { ...summary, kinds: [...summary.kinds], fields: [...summary.fields] } };
    },
    async 'sources.columns'(input) {
      const page = await open().sources.columns(input);
      return { ...page, columns: page.columns.map((column) => ({ ...column, values: [...column.values] })) };
    },
    async 'sources.tryMapping'(input) {
      const { rows, read, kept, whole, issues } = await open().sources.tryMapping(input);
      return { rows: [...rows], read, kept, whole, issues: [...issues] };
    },
    'sources.saveMapping': (input) => open().sources.saveMapping(input),
    'sources.mappings': () => ({ mappings: open().sources.mappings().map(({ id, savedAtMs, mapping }) => ({ mappingId: id, savedAtMs, mapping })) }),
    'sources.renameMapping'({ mappingId, name }) {
      open().sources.renameMapping(mappingId, name);
      return { renamed: true };
    },
    'sources.deleteMapping'({ mappingId }) {
      open().sources.deleteMapping(mappingId);
      return { deleted: true };
    },
    'sources.import': ({ previewId, choices }) => ({ jobId: open().sources.import(previewId, choices) }),
    'sources.imports': () => ({ imports: open().sources.imports() }),
    'sources.retention': () => ({ conclusionsOnly: open().sources.retention() }),
    'sources.setRetention': async ({ source, keep }) => ({ forgotten: await open().sources.setRetention(source, keep) }),
    'sources.undo': ({ importId }) => open().sources.undo(importId),
  } satisfies Pick<Handlers, SourcesMethods>;
}
