/** Commands of `penchant-company`: what each takes, does and prints. */
import { PURPOSES, type PurposeName } from '../../shared/protocol/purposes.ts';
import { isClaim, CLAIMS, type Claim } from '../../shared/protocol/vocabulary.ts';
import { checkStatus, companyIdOf, parseClaims, thumbprintOf, verifyReceipt, type AskedClaim, type VerifiedAnswer } from '../src/index.ts';
import { parseCadence, parseDays, parseDurationSeconds, parseList, type Args, type OptionSpecs } from './args.ts';
import { CliError, asUsage } from './cli-error.ts';
import { createCompanyFolder, openCompanyFolder, readHandedOver, readOrigin, readText, writeRequestFile } from './files.ts';

/** What a command prints: the JSON document, or the same in words. */
export interface Printed { readonly json: unknown; readonly text: string }

export interface Command {
  readonly summary: string;
  readonly example: string;
  readonly options: OptionSpecs;
  readonly run: (args: Args) => Promise<Printed>;
}

const DIR = { value: 'DIR', help: 'folder made by init', required: true } as const;
const TOKEN = { value: 'T', help: 'the token, a file holding it (or the JSON the owner got), or - for standard input', required: true } as const;
const AT = { value: 'URL', help: 'call this address instead of the one in the token; its path is kept' } as const;

const DEFAULT_CLAIMS = 'interest:2,genre:2,price_band:1,intent:2,brand:1';
const DEFAULT_PURPOSES = 'recommendations,personalisation';
const TOKEN_TEXT = /^eyJ[\w-]*\./;

const iso = (ms: number): string => new Date(ms).toISOString();
const inline = (value: unknown): string => JSON.stringify(value);

const isPurpose = (name: string): name is PurposeName => Object.hasOwn(PURPOSES, name);

function readPurpose(name: string): PurposeName {
  if (!isPurpose(name)) throw new CliError('ERR_USAGE', `"${name}" is not a purpose. Known purposes: ${Object.keys(PURPOSES).join(', ')}.`);
  return name;
}

function readPurposes(text: string): readonly PurposeName[] {
  const names = parseList(text).map(readPurpose);
  if (names.length === 0) throw new CliError('ERR_USAGE', 'Name at least one purpose.');
  return names;
}

const readClaims = (text: string): readonly AskedClaim[] => asUsage(() => parseClaims(text));

function readClaimNames(text: string): readonly Claim[] {
  return parseList(text).map((name) => {
    if (!isClaim(name)) throw new CliError('ERR_USAGE', `"${name}" is not a claim. Known claims: ${CLAIMS.join(', ')}.`);
    return name;
  });
}

const init: Command = {
  summary: 'make keys and the signed company document',
  example: 'penchant-company init --dir shop --domain shop.example --name "Shop"',
  options: {
    dir: { value: 'DIR', help: 'folder for keys.json (secret, 0600) and preference-client.json', required: true },
    domain: { value: 'DOMAIN', help: 'shop.example, or 127.0.0.1:8080 for a local trial', required: true },
    name: { value: 'NAME', help: 'the company as people know it', required: true },
    claims: { value: 'LIST', help: `everything you will ever ask for (default ${DEFAULT_CLAIMS})` },
    purposes: { value: 'LIST', help: `what you will ever use it for (default ${DEFAULT_PURPOSES})` },
    retention: { value: 'TIME', help: 'how long you keep answers (default 30d)' },
    contact: { value: 'TEXT', help: 'where a person reaches you (default privacy@DOMAIN)' },
    policy: { value: 'URL', help: 'your privacy policy, https' },
  },
  run: async (args) => {
    const folder = args.text('dir');
    const domain = args.text('domain');
    asUsage(() => companyIdOf(domain));
    const retention = args.optional('retention');
    const contact = args.optional('contact');
    const policyUri = args.optional('policy');
    const made = await createCompanyFolder(folder, {
      domain, name: args.text('name'),
      claims: readClaims(args.optional('claims') ?? DEFAULT_CLAIMS), purposes: readPurposes(args.optional('purposes') ?? DEFAULT_PURPOSES),
      ...(retention === undefined ? {} : { retentionDays: parseDays(retention, 'retention') }),
      ...(contact === undefined ? {} : { contact }), ...(policyUri === undefined ? {} : { policyUri }),
    });
    const { iss } = made.document.payload;
    return {
      json: { companyId: iss, keys: made.keysFile, document: made.documentFile, signingKey: await thumbprintOf(made.keys.signing), dpopKey: await thumbprintOf(made.keys.dpop) },
      text: [
        `Keys written to ${made.keysFile}. Keep them secret: whoever has them can ask and redeem in your name.`,
        `Document written to ${made.documentFile}. Serve it at ${iss}/.well-known/preference-client.json`,
      ].join('\n'),
    };
  },
};

const request: Command = {
  summary: 'sign a request for a person',
  example: 'penchant-company request --dir shop --claims interest:2,price_band:1? --purpose recommendations --for 90d --out request.jwt',
  options: {
    dir: DIR,
    claims: { value: 'LIST', help: 'claims; :n the ladder step (default 1, coarsest), ? optional', required: true },
    purpose: { value: 'LIST', help: `one or more of ${Object.keys(PURPOSES).join(', ')}`, required: true },
    for: { value: 'TIME', help: 'how long you want to be able to ask, at most 90d', required: true },
    out: { value: 'FILE', help: 'write the request there' },
    cadence: { value: 'N/PER', help: 'at most this often: 3/week (default), 1/day, 10/month' },
    benefit: { value: 'TEXT', help: 'what the person gets for it, one sentence' },
    retention: { value: 'TIME', help: 'how long you keep answers (default: as in your document)' },
    expires: { value: 'TIME', help: 'how long the request can be opened (default 7d)' },
  },
  run: async (args) => {
    const claims = readClaims(args.text('claims'));
    const purposes = readPurposes(args.text('purpose'));
    const durationDays = parseDays(args.text('for'), 'for');
    const cadence = args.optional('cadence');
    const benefit = args.optional('benefit');
    const retention = args.optional('retention');
    const expires = args.optional('expires');
    const input = {
      claims, purposes, durationDays,
      ...(cadence === undefined ? {} : { cadence: parseCadence(cadence) }), ...(benefit === undefined ? {} : { benefit }),
      ...(retention === undefined ? {} : { retentionDays: parseDays(retention, 'retention') }),
      ...(expires === undefined ? {} : { expiresInSeconds: parseDurationSeconds(expires, 'expires') }),
    };
    const company = await openCompanyFolder(args.text('dir'));
    const signed = await company.request(input);
    const file = args.optional('out');
    if (file !== undefined) await writeRequestFile(file, signed.request);
    const warning = signed.overAsking.map(({ claim, precision }) => `Warning: your document does not say that you need ${claim} at step ${precision}. People will be told.`);
    return {
      json: { file: file ?? null, request: signed.request, link: signed.link, requestId: signed.payload.jti, expiresAt: iso(signed.expiresAtMs), overAsking: signed.overAsking },
      text: [...warning, file === undefined ? signed.request : `Request written to ${file}. It can be opened until ${iso(signed.expiresAtMs)}.`].join('\n'),
    };
  },
};

function printAnswer(answer: VerifiedAnswer): Printed {
  const { claims, pseudonym, issuer, raw } = answer;
  const expiresAt = iso(answer.expiresAtMs);
  const lines = Object.entries(claims).map(([claim, value]) => `  ${claim}: ${inline(value)}`);
  return {
    json: { claims, pseudonym, issuer, expiresAt, raw },
    text: [`Verified answer about ${pseudonym}, good until ${expiresAt}:`, ...lines.length === 0 ? ['  (nothing to say)'] : lines].join('\n'),
  };
}

const redeem: Command = {
  summary: 'redeem a token and verify the answer',
  example: 'penchant-company redeem --dir shop --token token.jwt --at http://127.0.0.1:47816 --json',
  options: {
    dir: DIR, token: TOKEN, at: AT,
    purpose: { value: 'NAME', help: 'what this answer is for (default: the token\'s first purpose)' },
    claims: { value: 'LIST', help: 'only these of the granted claims' },
  },
  run: async (args) => {
    const purpose = args.optional('purpose');
    const claims = args.optional('claims');
    const names = claims === undefined ? undefined : readClaimNames(claims);
    if (names?.length === 0) throw new CliError('ERR_USAGE', '--claims names no claim.');
    const { company, token, place } = await openToken(args);
    const [firstPurpose = ''] = token.purposes;
    const chosen = purpose === undefined ? { iri: firstPurpose, text: '' } : readPurpose(purpose);
    return printAnswer(await company.redeem(token, { ...place, purpose: chosen, ...(names === undefined ? {} : { claims: names }) }));
  },
};

/** Company, checked token and the address to call, from `--dir`, `--token` and `--at`. */
async function openToken(args: Args) {
  const at = args.optional('at');
  const place = at === undefined ? {} : { at: readOrigin(at) };
  const company = await openCompanyFolder(args.text('dir'));
  const token = await company.parseToken(await readHandedOver(args.text('token'), 'token', TOKEN_TEXT));
  return { company, token, place };
}

const verify: Command = {
  summary: 'verify an answer you already have, without any network (unless --status)',
  example: 'penchant-company verify --dir shop --token token.jwt --answer answer.txt',
  options: {
    dir: DIR, token: TOKEN,
    answer: { value: 'A', help: 'the answer, a file holding it (or the JSON redeem printed), or - for standard input', required: true },
    status: { value: null, help: 'also fetch the status list and refuse an ended token' },
    at: AT,
  },
  run: async (args) => {
    const { company, token, place } = await openToken(args);
    const answer = await company.verify(await readHandedOver(args.text('answer'), 'raw', /^eyJ[\w-]*\.[^/\\]*~/), token);
    if (args.flag('status')) checkStatus(token, await company.statusList(token, place));
    return printAnswer(answer);
  },
};

const introspect: Command = {
  summary: 'ask the vault whether a token still counts',
  example: 'penchant-company introspect --dir shop --token token.jwt',
  options: { dir: DIR, token: TOKEN, at: AT },
  run: async (args) => {
    const { company, token, place } = await openToken(args);
    const state = await company.introspect(token, place);
    return state.active
      ? { json: { active: true, expiresAt: iso(state.expiresAtMs) }, text: `Active until ${iso(state.expiresAtMs)}.` }
      : { json: { active: false }, text: 'Not active. Ask the person again.' };
  },
};

const giveBack: Command = {
  summary: 'give a token back: the grant ends',
  example: 'penchant-company return --dir shop --token token.jwt',
  options: { dir: DIR, token: TOKEN, at: AT },
  run: async (args) => {
    const { company, token, place } = await openToken(args);
    await company.giveBack(token, place);
    return { json: { returned: true }, text: 'Given back. Delete what you learned with it.' };
  },
};

const receipt: Command = {
  summary: 'check what a person proves to you from their log, without any network',
  example: 'penchant-company receipt --dir shop --receipt receipt.json --token token.jwt',
  options: {
    dir: DIR,
    receipt: { value: 'F', help: 'the receipt file', required: true },
    token: { value: 'T', help: 'a token of this person, ended or not: the receipt must be from the same vault' },
  },
  run: async (args) => {
    const company = await openCompanyFolder(args.text('dir'));
    const given = args.optional('token');
    // A receipt is mostly wanted once the token has ended.
    const token = given === undefined ? {} : { token: await company.parseToken(await readHandedOver(given, 'token', TOKEN_TEXT), { skewSeconds: Number.POSITIVE_INFINITY }) };
    const { issuer, pseudonym, list, size, entries } = await verifyReceipt(await readText(args.text('receipt')), { companyId: company.companyId, ...token });
    return {
      json: { issuer, pseudonym, list, size, entries: entries.map(({ atMs, ...entry }) => ({ ...entry, at: iso(atMs) })) },
      text: [
        `${entries.length} of ${size} entries about ${pseudonym}, each proven to be in the list its vault signed:`,
        ...entries.map(({ atMs, type, outcome, claims }) => `  ${iso(atMs)}  ${type}${outcome === 'ok' ? '' : ' (refused)'}  ${claims.map(({ claim, precision }) => `${claim}:${precision}`).join(', ')}`.trimEnd()),
        ...given === undefined ? ['No token was given to compare with: anybody may have made this receipt.'] : [],
      ].join('\n'),
    };
  },
};

export const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['init', init], ['request', request], ['redeem', redeem], ['verify', verify], ['introspect', introspect], ['return', giveBack], ['receipt', receipt],
]);
