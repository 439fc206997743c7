/** Who a company is, and how far that was checked. Never its logo: only a checked domain says who it is. */
import type { Output } from '../../../shared/api/contract.ts';
import { IDENTITY_WORDS } from '../copy/claims.ts';
import { MismatchIcon, UnverifiedIcon, VerifiedIcon } from '../ui/icons.ts';
import { Badge } from '../ui/surfaces.tsx';

export type CompanyIdentity = Output<'requests.get'>['company'];

/** `quiet`: in a list most are not checked, and sixty warnings are none; where the person decides it stands out. */
export function IdentityBadge({ company, quiet = false }: { readonly company: CompanyIdentity; readonly quiet?: boolean }) {
  const words = IDENTITY_WORDS[company.identity];
  switch (company.identity) {
    case 'verified': return <Badge tone="accent" icon={<VerifiedIcon size={15} aria-hidden />}>{words.badge}</Badge>;
    case 'unverified': return <Badge {...(quiet ? {} : { tone: 'amber' as const })} icon={<UnverifiedIcon size={15} aria-hidden />}>{words.badge}</Badge>;
    case 'mismatch': return <Badge tone="loss" icon={<MismatchIcon size={15} aria-hidden />}>{words.badge}</Badge>;
  }
}
