/** Small real-format exports a test writes for itself. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SHOWS = ['Chef’s Table: Volume 1: Massimo Bottura', 'The Great British Baking Show: Collection 9: Cake Week', 'Salt, Fat, Acid, Heat: Limited Series: Fat', 'Our Planet: Season 1: Frozen Worlds', 'Formula 1: Drive to Survive: Season 4: Clash of the Titans', 'Dark: Season 1: Secrets', 'The Crown: Season 2: Misadventure', 'My Octopus Teacher'];

/** `NetflixViewingHistory.csv` as the account page offers it: title and day, newest first. @returns its path and rows */
export function writeNetflixHistory(folder: string, rows = 120): { readonly path: string; readonly rows: number } {
  const lines = Array.from({ length: rows }, (_, i) => {
    const day = new Date(Date.UTC(2026, 9, 31) - i * 86_400_000);
    return `"${SHOWS[i % SHOWS.length] ?? ''}","${day.getUTCMonth() + 1}/${day.getUTCDate()}/${String(day.getUTCFullYear()).slice(2)}"`;
  });
  const path = join(folder, 'NetflixViewingHistory.csv');
  writeFileSync(path, ['Title,Date', ...lines, ''].join('\n'));
  return { path, rows };
}
