/** The shipped figures behind the crowd: adults by country and age, and how frequent each thing is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCrowdReckoner, parseCrowdTables, type CrowdReckoner } from '../anonymizer/crowd.ts';

const loaded = new Map<string, CrowdReckoner>();

/** Reads them once for each program. A file that is missing or wrong is a bug of the build and throws. */
export function loadCrowdReckoner(resourcesDir: string): CrowdReckoner {
  const before = loaded.get(resourcesDir);
  if (before !== undefined) return before;
  const read = (name: string): string => readFileSync(join(resourcesDir, name), 'utf8');
  const reckoner = createCrowdReckoner(parseCrowdTables(read('population.tsv'), read('frequencies.tsv')));
  loaded.set(resourcesDir, reckoner);
  return reckoner;
}
