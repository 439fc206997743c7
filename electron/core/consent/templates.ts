/** Choices kept under a name, to be made again on other requests. */
import { msg, t } from '../../../shared/language/message.ts';
import type { z } from 'zod';
import type { template } from '../../../shared/api/consent.contract.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { CLAIMS, ladderSteps, type Claim } from '../../../shared/protocol/vocabulary.ts';
import type { WritableDb } from '../platform/sqlite/types.ts';
import { deleteTemplate, listTemplates, putTemplate } from './template-repository.ts';

export type Template = z.output<typeof template>;
type Body = Pick<Template, 'claims' | 'durationDays' | 'cadence'>;

export interface TemplateService {
  /** Those that come with the app first, then the person's own by name. */
  list(): Template[];
  /** @throws {AppError} ERR_TEMPLATE_INVALID */
  save(name: string, body: Body): Template[];
  /** @throws {AppError} ERR_TEMPLATE_INVALID */
  remove(templateId: string): Template[];
}

const MOST = 50;
const all = (claims: readonly Claim[], step: (claim: Claim) => number): Body['claims'] => claims.map((claim) => ({ claim, precision: step(claim) }));
const SHIPPED: readonly Template[] = [
  { templateId: 'sizes-and-prices', name: msg('Sizes and price range, nothing else'), shipped: true, claims: all(['size', 'price_band'], ladderSteps), durationDays: null, cadence: null },
  { templateId: 'broad-strokes', name: msg('What I like, in broad strokes'), shipped: true, claims: all(['interest', 'genre', 'avoid', 'language'], () => 1), durationDays: 30, cadence: null },
  { templateId: 'not-who-i-am', name: msg('Everything but who I am'), shipped: true, claims: all(CLAIMS.filter((claim) => !['age', 'region', 'accessibility', 'language'].includes(claim)), ladderSteps), durationDays: null, cadence: null },
];

export function createTemplateService({ db, newId }: { readonly db: WritableDb; readonly newId: (prefix: string) => string }): TemplateService {
  const own = (): Template[] => listTemplates(db).map(({ template_id: templateId, name, body }) => ({ templateId, name, shipped: false, ...JSON.parse(body) as Body }));
  const list = (): Template[] => [...SHIPPED.map((one) => ({ ...one, name: t(one.name) })), ...own()];
  const invalid = (message: string): AppError => new AppError('ERR_TEMPLATE_INVALID', `${message} Nothing was changed.`);
  return Object.freeze({
    list,
    save(name: string, { claims, durationDays, cadence }: Body) {
      if (SHIPPED.some((one) => one.name === name || t(one.name) === name)) throw invalid('A template that comes with the app has this name. Choose another one.');
      if (new Set(claims.map(({ claim }) => claim)).size !== claims.length) throw invalid('A claim is named twice.');
      if (claims.some(({ claim, precision }) => precision > ladderSteps(claim))) throw invalid('A claim is asked for more exactly than it can be said.');
      const before = own(), same = before.find((one) => one.name === name);
      if (same === undefined && before.length >= MOST) throw invalid(`There are ${MOST} templates already. Delete one first.`);
      putTemplate(db, same?.templateId ?? newId('tp'), name, JSON.stringify({ claims, durationDays, cadence }));
      return list();
    },
    remove(templateId: string) {
      if (!deleteTemplate(db, templateId)) throw invalid('There is no such template of your own.');
      return list();
    },
  });
}
