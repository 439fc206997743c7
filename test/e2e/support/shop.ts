/** A company of its own for a test, speaking through the SDK like any other. */
import { createCompany, generateCompanyKeys, isPenchantError, signDocument, type Company } from '../../../sdk/src/index.ts';

export interface Shop {
  readonly name: string;
  readonly company: Company;
  /** A signed request for interests (required), genres and price range (optional), 90 days, as compact text. */
  ask(): Promise<string>;
  /** One that asks for more than its document says it needs, for a second purpose, and promises something for it. */
  askMuch(): Promise<string>;
}

export async function createShop(name = 'Example Shop', domain = 'shop.example'): Promise<Shop> {
  const keys = await generateCompanyKeys();
  const scope = { purposes: ['recommendations'] as const, retentionDays: 30, terms: { code: 'SD-BASE' as const } };
  const { compact } = await signDocument({ domain, name, contact: `privacy@${domain}`, purposes: [...scope.purposes], claims: 'interest:2,genre:1,price_band:1', retentionDays: scope.retentionDays, terms: scope.terms }, keys);
  const company = createCompany({ domain, keys, document: compact });
  return {
    name, company,
    async ask() {
      const { request } = await company.request({ claims: 'interest:2,genre:1?,price_band:1?', purposes: [...scope.purposes], durationDays: 90, cadence: { max: 50, per: 'day' }, retentionDays: scope.retentionDays, terms: scope.terms });
      return request;
    },
    async askMuch() {
      const { request } = await company.request({
        claims: 'interest:3,age:4?,size:1?,avoid:2?,price_band:1?', purposes: [...scope.purposes, 'personalised-advertising'], durationDays: 90, cadence: { max: 50, per: 'day' }, retentionDays: 90, terms: scope.terms, benefit: 'Fewer things you do not want',
      });
      return request;
    },
  };
}

/** The code a company's call was refused with, or "none". */
export async function refusalOf(attempt: () => Promise<unknown>): Promise<string> {
  try {
    await attempt();
    return 'none';
  } catch (error) {
    if (isPenchantError(error)) return error.code;
    throw error;
  }
}
