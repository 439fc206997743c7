/** The company's SDK against the real vault: ask, claim, redeem, verify, introspect, give back, find the status bit. */
import { expect, test } from 'vitest';
import { checkStatus, claimToken, createNonceStore, fetchStatusList, generateCompanyKeys, introspect, isPenchantError, parseToken, redeem, returnToken, signDocument, signRequest, submitRequest, verifyAnswer } from '../../sdk/src/index.ts';
import { consentVault } from '../support/consent-vault.ts';

test('the whole way of a token, from the company’s side', async () => {
  const vault = await consentVault();
  const now = () => vault.clock.nowMs();
  const keys = await generateCompanyKeys();
  const document = await signDocument({ domain: 'shop.example', name: 'Shop', claims: 'interest:2,price_band:1', purposes: ['recommendations'] }, keys, { now });
  const { request, overAsking } = await signRequest({ document: document.compact, claims: 'interest:2,price_band:1?,age:3?', purposes: ['recommendations'], durationDays: 30, cadence: { max: 5, per: 'day' } }, keys, { now });
  expect(overAsking).toEqual([{ claim: 'age', precision: 3 }]);
  const company = { companyId: 'https://shop.example', keys };
  const options = { now, at: vault.base, nonces: createNonceStore() };

  const receipt = await submitRequest(request, options);
  expect(await claimToken(receipt.handle, company, options)).toMatchObject({ status: 'pending' });
  const [view] = vault.consent.requests();
  expect(view?.asks.map(({ claim, overAsking: over }) => [claim, over])).toEqual([['interest', false], ['price_band', false], ['age', true]]);
  const { token, grantId } = vault.consent.grant(view?.requestId ?? '', { claims: [{ claim: 'interest', precision: 1 }, { claim: 'price_band', precision: 1 }] });
  expect(await claimToken(receipt.handle, company, options)).toMatchObject({ status: 'granted' });

  const parsed = await parseToken(token, company, options);
  const answer = await redeem(parsed, company, { ...options, purpose: 'recommendations' });
  expect((await verifyAnswer(answer.raw, parsed, company, options)).pseudonym).toBe(parsed.pseudonym);
  expect(answer.claims).toEqual({ interest: [{ node: 'food', label: 'Food & drink', iab: '210', strength: 'strong' }, { node: 'travel', label: 'Travel', iab: '653', strength: 'some' }], price_band: [{ department: 'books', band: 'middle' }] });
  expect(await introspect(parsed, company, options)).toMatchObject({ active: true });
  checkStatus(parsed, await fetchStatusList(parsed, company, options), options);

  vault.consent.revoke(grantId);
  await expect(redeem(parsed, company, { ...options, purpose: 'recommendations' })).rejects.toSatisfy((error) => isPenchantError(error) && error.code === 'ERR_REFUSED_TOKEN');
  expect(await introspect(parsed, company, options)).toEqual({ active: false });
  const list = await fetchStatusList(parsed, company, options);
  expect(() => { checkStatus(parsed, list, options); }).toThrow(expect.objectContaining({ code: 'ERR_STATUS_REVOKED' }));
  await returnToken(parsed, company, options);
  expect(vault.consent.grants()[0]?.state).toBe('revoked');
});
