/** The wheel's data of the open vault; null until profile and taxonomy have arrived. */
import { useMemo } from 'react';
import { useResource } from '../state/resource.ts';
import { breathingResource, profileResource, taxonomyResource } from '../state/resources.ts';
import type { WheelArea } from '../ui/wheel/geometry.ts';
import { buildAreas, indexTaxonomy, type Taxonomy } from './wheel-data.ts';

export interface WheelData { readonly areas: readonly WheelArea[]; readonly taxonomy: Taxonomy }

export function useTaxonomy(): Taxonomy | null {
  const { data } = useResource(taxonomyResource);
  return useMemo(() => (data === null ? null : indexTaxonomy(data.nodes)), [data]);
}

export function useWheel(): WheelData | null {
  const { data: profile } = useResource(profileResource);
  const taxonomy = useTaxonomy();
  const { data: breathing } = useResource(breathingResource);
  // One word for those that are: breathing space is asked anew every half minute, and the wheel is drawn anew only where they change.
  const quiet = (breathing?.areas ?? []).filter(({ perDay }) => perDay === 0).map(({ node }) => node).sort().join(' ');
  return useMemo(() => (profile === null || taxonomy === null ? null : { areas: buildAreas(profile.preferences, taxonomy, new Set(quiet.split(' '))), taxonomy }), [profile, taxonomy, quiet]);
}
