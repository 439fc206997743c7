/** The service that keeps what companies know, over a real encrypted database, with what a test wants to set. Its key is always the same, so that what is drawn is. */
import { randomBytes } from 'node:crypto';
import { anonymize, type AnsweredClaim } from '../../electron/core/anonymizer/anonymize.ts';
import type { TaxonomyLookup } from '../../electron/core/anonymizer/coarsen.ts';
import { createAuditLog } from '../../electron/core/audit/audit-log.ts';
import { loadCrowdReckoner } from '../../electron/core/exposure/crowd-tables.ts';
import { createExposureService } from '../../electron/core/exposure/exposure-service.ts';
import type { Preference } from '../../shared/domain/preference.ts';
import type { ScopedClaim } from '../../shared/protocol/schemas.ts';
import { openTestDatabase } from './database.ts';
import { RESOURCES } from './enrichment.ts';
import { testClock } from './ports.ts';

export const reckoner = loadCrowdReckoner(RESOURCES);

export interface Asked { readonly scope: readonly ScopedClaim[]; readonly known: readonly Preference[]; readonly noise?: number | null; readonly hushed?: readonly string[]; readonly quiet?: readonly string[]; /** Of the scope; all when left out. */ readonly only?: readonly string[] | undefined }

export function openExposure({ lookup, areas, brands = [] }: { readonly lookup: TaxonomyLookup; readonly areas: readonly string[]; readonly brands?: readonly string[] }) {
  const db = openTestDatabase(), clock = testClock(), master = Buffer.alloc(32, 7);
  const audit = createAuditLog({ db, key: master, clock, randomBytes });
  let home: string | null = null, companies = 0;
  const service = createExposureService({ db, audit, clock, lookup, reckoner, emit: () => undefined, deriveKey: () => master, home: () => home });
  const wouldSay = (companyId: string, { scope, known, noise = null, hushed = [], quiet = hushed }: Asked): AnsweredClaim[] =>
    anonymize({ preferences: known, scope, lookup, approvedBrands: brands, hushed, quiet, crowd: service.guard(companyId), ...(noise === null ? {} : { noise: service.noiseFor(companyId, noise, areas) }) });
  return {
    db, clock, service, wouldSay,
    setHome(next: string | null) { home = next; },
    /** A company nobody told anything, with a floor of its own. */
    newCompany(floor: number): string {
      const companyId = `https://shop${companies++}.example`;
      db.command("INSERT INTO companies (recipient_id, company_id, document_key, document, identity, first_seen_ms) VALUES (?, ?, '', '{\"name\":\"Shop\"}', 'unverified', 0)").run(companyId, companyId);
      service.setFloor(companyId, floor);
      return companyId;
    },
    /** As the redemption does it: what was asked of the scope is told. */
    tell(companyId: string, asked: Asked): AnsweredClaim[] {
      const said = wouldSay(companyId, asked).filter(({ claim }) => asked.only?.includes(claim) ?? true);
      db.transaction(() => { service.noteTold({ recipientId: companyId, companyId }, said, clock.nowMs()); });
      return said;
    },
    knows: (companyId: string): number => service.crowdOf(companyId, []).before.fewest,
  };
}
