/** Every migration, in order. Released ones are frozen. */
import type { Migration } from '../platform/sqlite/types.ts';
import { migration as foundation } from './0010-foundation.ts';

export const MIGRATIONS: readonly Migration[] = [foundation];
