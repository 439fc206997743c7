/** Words of the wheel: one sentence for each sector, and the table behind it. */
import { t } from '../../../shared/language/message.ts';

interface SectorFacts { readonly label: string; readonly closed: boolean; readonly muted: boolean; readonly items: number; readonly strongest: readonly string[] }

const DEPTH = [t('nothing known'), t('broad area'), t('topics'), t('exact topics')] as const;
const LIT = [t('nothing'), t('the broad area only'), t('topics'), t('exact topics')] as const;

export const wheelCopy = {
  viewLegend: t('Show as'), asPicture: t('Wheel'), asTable: t('Table'), tableCaption: t('Areas of your profile'),
  known: t('known'), ringsShort: t('of 3 rings'),
  columns: { area: t('Area'), items: t('Known'), depth: t('How exact'), lit: t('Would be said'), strongest: t('Strongest') },
  sealed: t('sealed'), sealedWhy: t('A closed category: it never leaves the vault.'),
  depthWords: (depth: number): string => DEPTH[depth] ?? DEPTH[0],
  litWords: (depth: number): string => LIT[depth] ?? LIT[0],
  mutedWhy: (strongest: string) => t('Kept quiet: no company hears of it now. {strongest}', { strongest }),
  sector: ({ label, closed, muted, items, strongest }: SectorFacts, depth: number): string => {
    if (closed) return t('{items, plural, =0 {{label}: sealed.} other {{label}: sealed. {items} known, none of it leaves.}}', { label, items });
    if (items === 0) return t('{label}: nothing known.', { label });
    return t('{label}: {items} known, as exact as {depth}.{muted, select, yes { Kept quiet now.} other {}}{count, plural, =0 {} other { Strongest: {strongest}.}}', { label, items, muted: muted ? 'yes' : 'no', depth: DEPTH[depth] ?? DEPTH[0], count: strongest.length, strongest: strongest.slice(0, 3).join(', ') });
  },
  overlaySector: ({ label, closed }: SectorFacts, lit: number): string => (closed ? t('{label}: sealed, nothing would be said.', { label }) : lit === 0 ? t('{label}: nothing would be said.', { label }) : `${label}: ${LIT[lit] ?? LIT[0]}.`),
  legend: [
    t('Each slice is an area of life. It fills towards the middle the more exactly the vault knows it.'),
    t('Stronger colour means the vault is more sure. Hatched slices with a lock are closed: they never leave. Striped ones are kept quiet for now.'),
  ],
  overlayLegend: t('Coloured: what would be said. Grey: known, but kept. Dashed: asked for, not given.'),
} as const;
