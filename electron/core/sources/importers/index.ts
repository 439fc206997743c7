/** Every importer there is; a new source is one more module and one more line here. */
import type { Format, Structure } from '../format.ts';
import { amazon } from './amazon.ts';
import { facebook } from './facebook.ts';
import { goodreads } from './goodreads.ts';
import { instagram } from './instagram.ts';
import { letterboxd } from './letterboxd.ts';
import { netflix } from './netflix.ts';
import { spotify } from './spotify.ts';
import { tiktok } from './tiktok.ts';

export const IMPORTERS = [netflix, spotify, amazon, goodreads, letterboxd, instagram, facebook, tiktok] as const;

const FORMATS: readonly Format[] = IMPORTERS.flatMap((importer) => importer.formats);

/** The format of a file that looks like this, or null. `path`: its name inside the folder or zip. */
export const recognise = (structure: Structure, path: string): Format | null => FORMATS.find((format) => format.shape === structure.shape && format.recognises(structure, path.toLowerCase())) ?? null;

export const formatById = (id: string): Format | null => FORMATS.find((format) => format.id === id) ?? null;

/** Exactness of the times of a format by its id; 1 for one no longer known. */
export const grainOf = (formatId: string): number => formatById(formatId)?.grainMs ?? 1;
