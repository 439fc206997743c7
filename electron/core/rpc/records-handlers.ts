/** Answers to the owner's calls for looking through the vault. */
import type { ExplorerService } from '../explorer/explorer-service.ts';
import type { Handlers } from './handlers.ts';

type RecordsMethods = Extract<keyof Handlers, `records.${string}`>;

/** `open` gives the services of the open vault. @throws {AppError} ERR_VAULT_LOCKED */
export function createRecordsHandlers(open: () => { readonly explorer: ExplorerService }) {
  return {
    'records.find'({ search, offset, limit }) {
      const { items, conclusions, opened, ...rest } = open().explorer.find(search, { offset, limit });
      return { ...rest, items: [...items], conclusions: [...conclusions], opened: opened && { ...opened, items: [...opened.items] } };
    },
    'records.item'({ id }) {
      const { item, records, months, about, notMe } = open().explorer.item(id);
      return { item, records: [...records], months: [...months], about: [...about], notMe: [...notMe] };
    },
    'records.export': ({ selection, format, from }) => open().explorer.export(selection, format, from),
  } satisfies Pick<Handlers, RecordsMethods>;
}
