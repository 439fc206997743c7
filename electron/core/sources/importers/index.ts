/** Every importer there is; a new source is one more module and one more line here. */
import type { SourceId } from '../../records/records.ts';
import type { Format, Importer, Structure } from '../format.ts';
import { amazon } from './amazon.ts';
import { apple } from './apple.ts';
import { browser } from './browser.ts';
import { facebook } from './facebook.ts';
import { goodreads } from './goodreads.ts';
import { google } from './google.ts';
import { instagram } from './instagram.ts';
import { letterboxd } from './letterboxd.ts';
import { netflix } from './netflix.ts';
import { spotify } from './spotify.ts';
import { tiktok } from './tiktok.ts';

export const IMPORTERS = [netflix, spotify, amazon, google, goodreads, letterboxd, apple, instagram, facebook, tiktok, browser] as const;

const LEAVES = IMPORTERS.flatMap(({ leaves }: Importer) => leaves ?? []);

const FORMATS: readonly Format[] = IMPORTERS.flatMap((importer) => importer.formats);

/** The format of a file that looks like this, or null. `path`: its name inside the folder or zip. */
export const recognise = (structure: Structure, path: string): Format | null => FORMATS.find((format) => format.shape === structure.shape && format.recognises(structure, path.toLowerCase())) ?? null;

/** Why a file that has no format is left out on purpose, or null. */
export const whyLeft = (structure: Structure): string | null => LEAVES.find((left) => left.recognises(structure))?.why ?? null;

/** The source whose rows a file of this kind says more of, or null. */
export const recogniseBeside = (structure: Structure): SourceId | null => FORMATS.find((format) => format.shape === 'csv' && format.beside?.recognises(structure) === true)?.source ?? null;

export const formatById = (id: string): Format | null => FORMATS.find((format) => format.id === id) ?? null;

/** Exactness of the times of a format by its id; 1 for one no longer known. */
export const grainOf = (formatId: string): number => formatById(formatId)?.grainMs ?? 1;

/** Formats of a source that tell that something is so, not when it happened. */
export const onceFormatsOf = (source: SourceId): string[] => FORMATS.filter((format) => format.source === source && format.saysOnce === true).map(({ id }) => id);
