/** A company for tests: keys, identity and thumbprint of its DPoP key. */
import { createCompany, generateCompanyKeys, thumbprintOf, type Company, type CompanyKeys } from '../../sdk/src/index.ts';
import { NOW_MS } from './company-vault.ts';

export interface TestCompany { readonly companyId: string; readonly domain: string; readonly keys: CompanyKeys; readonly jkt: string; readonly company: Company; readonly now: () => number }

export async function createTestCompany(domain = 'shop.example'): Promise<TestCompany> {
  const keys = await generateCompanyKeys();
  const now = () => NOW_MS;
  const company = createCompany({ domain, keys, now });
  return { companyId: company.companyId, domain, keys, jkt: await thumbprintOf(keys.dpop), company, now };
}

/** The code a promise fails with; the failure itself when it has none. */
export async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
  return 'no failure';
}
