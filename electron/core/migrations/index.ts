/** Every migration, in order. Released ones are frozen. */
import type { Migration } from '../platform/sqlite/types.ts';
import { migration as foundation } from './0010-foundation.ts';
import { migration as records } from './0020-records.ts';
import { migration as enrichment } from './0030-enrichment.ts';
import { migration as consent } from './0040-consent.ts';
import { migration as submissions } from './0050-submissions.ts';
import { migration as merkleLog } from './0060-merkle-log.ts';
import { migration as closedPart } from './0070-closed-part.ts';
import { migration as listCompanies } from './0080-list-companies.ts';
import { migration as moreSources } from './0090-more-sources.ts';
import { migration as finding } from './0100-finding.ts';
import { migration as goingOn } from './0110-going-on.ts';
import { migration as mappings } from './0120-mappings.ts';
import { migration as corrections } from './0130-corrections.ts';
import { migration as totals } from './0140-totals.ts';
import { migration as retention } from './0150-retention.ts';
import { migration as seasons } from './0160-seasons.ts';
import { migration as rulesRead } from './0170-rules-read.ts';
import { migration as breathing } from './0180-breathing.ts';
import { migration as exposure } from './0190-exposure.ts';
import { migration as care } from './0200-care.ts';
import { migration as longer } from './0210-longer-and-fading.ts';
import { migration as movedOrders } from './0220-moved-orders.ts';
import { migration as lasting } from './0230-lasting.ts';

export const MIGRATIONS: readonly Migration[] = [foundation, records, enrichment, consent, submissions, merkleLog, closedPart, listCompanies, moreSources, finding, goingOn, mappings, corrections, totals, retention, seasons, rulesRead, breathing, exposure, care, longer, movedOrders, lasting];
