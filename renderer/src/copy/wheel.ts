/** Words of the wheel: one sentence for each sector, and the table behind it. */
interface SectorFacts { readonly label: string; readonly closed: boolean; readonly items: number; readonly strongest: readonly string[] }

const DEPTH = ['nothing known', 'broad area', 'topics', 'exact topics'] as const;
const LIT = ['nothing', 'the broad area only', 'topics', 'exact topics'] as const;

export const wheelCopy = {
  viewLegend: 'Show as', asPicture: 'Wheel', asTable: 'Table', tableCaption: 'Areas of your profile',
  known: 'known', ringsShort: 'of 3 rings',
  columns: { area: 'Area', items: 'Known', depth: 'How exact', lit: 'Would be said', strongest: 'Strongest' },
  sealed: 'sealed', sealedWhy: 'A closed category: it never leaves the vault.',
  depthWords: (depth: number): string => DEPTH[depth] ?? DEPTH[0],
  litWords: (depth: number): string => LIT[depth] ?? LIT[0],
  sector: ({ label, closed, items, strongest }: SectorFacts, depth: number): string => {
    if (closed) return items === 0 ? `${label}: sealed.` : `${label}: sealed. ${items} known, none of it leaves.`;
    if (items === 0) return `${label}: nothing known.`;
    return `${label}: ${items} known, as exact as ${DEPTH[depth] ?? DEPTH[0]}.${strongest.length === 0 ? '' : ` Strongest: ${strongest.slice(0, 3).join(', ')}.`}`;
  },
  overlaySector: ({ label, closed }: SectorFacts, lit: number): string => (closed ? `${label}: sealed, nothing would be said.` : `${label}: ${LIT[lit] ?? LIT[0]}${lit === 0 ? ' would be said' : ''}.`),
  legend: [
    'Each slice is an area of life. It fills towards the middle the more exactly the vault knows it.',
    'Stronger colour means the vault is more sure. Hatched slices with a lock are closed: they never leave.',
  ],
  overlayLegend: 'Coloured: what would be said. Grey: known, but kept. Dashed: asked for, not given.',
} as const;
