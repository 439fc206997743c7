/** Whether a permission gives answers right now, the same wherever it is named. */
import type { Output } from '../../../shared/api/contract.ts';
import { careCopy } from '../copy/care.ts';
import { companiesCopy } from '../copy/requests.ts';
import { Badge } from '../ui/surfaces.tsx';
import { useBreathing } from './use-breathing.ts';

type Grant = Output<'grants.list'>['grants'][number];
type Breathing = Output<'breathing.get'>;

const statusOf = (grant: Pick<Grant, 'company' | 'pausedMs' | 'state'>, breathing: Breathing | null): string[] => [
  ...(grant.state === 'suspended' ? [companiesCopy.suspendedBadge] : []),
  ...(grant.pausedMs === null ? [] : [careCopy.pausedBadge]),
  ...(breathing?.holds.some(({ companyId }) => companyId === grant.company.companyId) === true ? [careCopy.onHold] : []),
  ...(breathing?.pause == null ? [] : [careCopy.onBreak]),
];

export function useIsSilent(grant: Pick<Grant, 'company' | 'pausedMs' | 'state'>): boolean {
  const { data } = useBreathing();
  return statusOf(grant, data).length > 0;
}

export function GrantStatus({ grant }: { readonly grant: Pick<Grant, 'company' | 'pausedMs' | 'state'> }) {
  const { data } = useBreathing();
  return statusOf(grant, data).map((words) => <Badge key={words} tone="amber">{words}</Badge>);
}
