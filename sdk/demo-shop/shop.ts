/** What the shop does for one visitor: ask, receive, redeem, ask again, give back, and fall back to the plain catalogue when it ends. */
import { LADDERS } from '../../shared/protocol/vocabulary.ts';
import { checkStatus, isPenchantError, type AnyPenchantError, type Claim, type Company, type PenchantErrorCode, type PreferenceToken, type ScopedClaim, type VerifiedAnswer } from '../src/index.ts';
import { CATALOGUE, type Product } from './catalogue.ts';
import { rankCatalogue } from './ranking.ts';

/** What the shop asks for, and why, in its own words. */
const ASK = {
  claims: 'interest:2,genre:2?,price_band:1?,intent:1?',
  purposes: ['recommendations'],
  durationDays: 90,
  cadence: { max: 20, per: 'day' },
  retentionDays: 1,
  benefit: 'The shelves in an order that suits you. Prices stay the same for everyone.',
} as const;

/** Something to tell the visitor. */
interface Notice { readonly tone: 'info' | 'good' | 'warning'; readonly text: string; readonly code: string | null }

type Phase = 'plain' | 'asked' | 'sent' | 'granted' | 'answered' | 'ended';

/** Everything the page shows. */
export interface ShopView {
  readonly phase: Phase;
  readonly notice: Notice | null;
  readonly vaultUrl: string;
  readonly request: { readonly link: string; readonly text: string; readonly expiresAt: string; readonly claims: readonly (ClaimView & { readonly required: boolean })[]; readonly benefit: string } | null;
  readonly pollSeconds: number | null;
  readonly token: { readonly claims: readonly ClaimView[]; readonly pseudonym: string; readonly expiresAt: string; readonly cadence: string } | null;
  readonly answer: { readonly claims: VerifiedAnswer['claims']; readonly assurance: VerifiedAnswer['assurance']; readonly issuer: string; readonly receivedAt: string; readonly expiresAt: string; readonly raw: string } | null;
  readonly everyone: readonly ProductView[];
  readonly you: readonly ProductView[] | null;
}

/** `detail` says in words how finely: "second level". */
interface ClaimView { readonly claim: Claim; readonly detail: string }

interface ProductView { readonly id: string; readonly title: string; readonly maker: string; readonly kind: string; readonly price: string; readonly blurb: string; readonly moved: number; readonly reasons: readonly string[] }

export interface Visit {
  readonly view: () => ShopView;
  readonly ask: () => Promise<void>;
  /** Hands the request to the vault on this computer. */
  readonly send: () => Promise<void>;
  /** Asks the vault once whether the person has decided. */
  readonly collect: () => Promise<void>;
  /** Takes a token the visitor pasted. */
  readonly receive: (text: string) => Promise<void>;
  readonly redeem: () => Promise<void>;
  /** Looks the token up in its status list: no proof, nobody is told who asked. */
  readonly check: () => Promise<void>;
  readonly giveBack: () => Promise<void>;
  readonly request: () => string | null;
}

interface State {
  readonly phase: Phase;
  readonly notice: Notice | null;
  readonly request: ShopView['request'];
  readonly handle: string | null;
  readonly pollSeconds: number | null;
  readonly token: PreferenceToken | null;
  readonly answer: { readonly verified: VerifiedAnswer; readonly receivedAtMs: number } | null;
}

/** Codes that mean: there is no permission any more. */
const ENDED: ReadonlySet<PenchantErrorCode> = new Set<PenchantErrorCode>(['ERR_REFUSED_TOKEN', 'ERR_STATUS_REVOKED', 'ERR_TOKEN_EXPIRED']);
const PLAIN: State = { phase: 'plain', notice: null, request: null, handle: null, pollSeconds: null, token: null, answer: null };
const euro = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' });
const iso = (ms: number): string => new Date(ms).toISOString();

/** A visitor with nothing asked yet. `vaultUrl` is where the vault on this computer listens. */
export function createVisit({ company, vaultUrl, now }: { readonly company: Company; readonly vaultUrl: string; readonly now: () => number }): Visit {
  let state: State = PLAIN;
  const set = (change: Partial<State>): void => { state = { ...state, ...change }; };
  const place = { at: vaultUrl };

  /** Forgets token and answer: what is left is what every visitor sees. */
  const end = (text: string, code: string | null): void => { state = { ...PLAIN, phase: 'ended', notice: { tone: 'warning', text, code } }; };

  /** Runs a step; a failure becomes a sentence for the visitor, an ended token ends everything. */
  const attempt = async (step: () => Promise<void>): Promise<void> => {
    try {
      await step();
    } catch (error) {
      if (!isPenchantError(error)) throw error;
      if (ENDED.has(error.code)) end('This has ended: it was revoked or has run out. We have deleted what we knew and show the plain catalogue again.', error.code);
      else set({ notice: { tone: 'warning', text: wordsFor(error, vaultUrl), code: error.code } });
    }
  };

  const redeem = async (): Promise<void> => {
    if (state.token === null) return;
    const verified = await company.redeem(state.token, { ...place, purpose: 'recommendations' });
    set({ phase: 'answered', answer: { verified, receivedAtMs: now() }, notice: { tone: 'good', text: 'Your shelves are sorted for you. Open “Why” on a product to see what moved it.', code: null } });
  };

  const accept = async (token: PreferenceToken): Promise<void> => {
    set({ token, phase: 'granted', handle: null, pollSeconds: null, notice: null });
    await redeem();
  };

  return Object.freeze<Visit>({
    view: () => {
      if (state.answer !== null && state.answer.verified.expiresAtMs <= now()) set({ answer: null, phase: 'granted', notice: { tone: 'info', text: 'The last answer has expired and is deleted. Ask again to sort the shelves.', code: null } });
      return viewOf(state, vaultUrl);
    },
    request: () => state.request?.text ?? null,
    ask: () => attempt(async () => {
      const signed = await company.request(ASK);
      const [{ claims, benefit = '' }] = signed.payload.authorization_details;
      state = { ...PLAIN, phase: 'asked', request: { link: signed.link, text: signed.request, expiresAt: iso(signed.expiresAtMs), claims: claims.map((asked) => ({ ...claimView(asked), required: asked.required })), benefit } };
    }),
    send: () => attempt(async () => {
      if (state.request === null) return;
      const receipt = await company.submit(state.request.text, place);
      set({ phase: 'sent', handle: receipt.handle, pollSeconds: receipt.intervalSeconds, notice: { tone: 'info', text: 'Handed to the vault on this computer. Decide there; this page waits.', code: null } });
    }),
    collect: () => attempt(async () => {
      if (state.handle === null) return;
      const collected = await company.collect(state.handle, place);
      if (collected.status === 'granted') await accept(collected.token);
      else set({ pollSeconds: collected.intervalSeconds });
    }),
    receive: (text) => attempt(async () => accept(await company.parseToken(text.trim()))),
    redeem: () => attempt(redeem),
    check: () => attempt(async () => {
      if (state.token === null) return;
      checkStatus(state.token, await company.statusList(state.token, place), { now });
    }),
    giveBack: () => attempt(async () => {
      if (state.token === null) return;
      await company.giveBack(state.token, place);
      end('We gave your permission back and deleted what we knew.', null);
    }),
  });
}

/** The shop's own words for what a visitor can do something about. */
function wordsFor(error: AnyPenchantError, vaultUrl: string): string {
  switch (error.code) {
    case 'ERR_SLOW_DOWN': return 'You allowed us to ask less often than that. We keep what we have until it expires.';
    case 'ERR_NETWORK': return `Nothing answers at ${vaultUrl}. Open the vault on this computer, or hand the request over as a file or link and paste the token here.`;
    case 'ERR_TOKEN_MALFORMED': return 'That is not a token. Copy the whole text that your vault shows.';
    default: return error.message;
  }
}

function viewOf(state: State, vaultUrl: string): ShopView {
  const { phase, notice, request, pollSeconds, token, answer } = state;
  return {
    phase, notice, vaultUrl, request, pollSeconds,
    token: token === null ? null : { claims: token.claims.map(claimView), pseudonym: token.pseudonym, expiresAt: iso(token.expiresAtMs), cadence: `${token.cadence.max} a ${token.cadence.per}` },
    answer: answer === null ? null : {
      claims: answer.verified.claims, assurance: answer.verified.assurance, issuer: answer.verified.issuer,
      receivedAt: iso(answer.receivedAtMs), expiresAt: iso(answer.verified.expiresAtMs), raw: answer.verified.raw,
    },
    everyone: rankCatalogue(CATALOGUE, null).map(({ product }) => productView(product, 0, [])),
    you: answer === null ? null : rankCatalogue(CATALOGUE, answer.verified.claims).map(({ product, moved, reasons }) => productView(product, moved, reasons)),
  };
}

const claimView = ({ claim, precision }: ScopedClaim): ClaimView => ({ claim, detail: LADDERS[claim][precision - 1] ?? '' });

const productView = ({ id, title, maker, kind, priceMinor, blurb }: Product, moved: number, reasons: readonly string[]): ProductView =>
  ({ id, title, maker, kind, price: euro.format(priceMinor / 100), blurb, moved, reasons });
