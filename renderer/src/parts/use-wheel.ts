/** The wheel's data of the open vault; null until profile and taxonomy have arrived. */
import { useMemo } from 'react';
import { useResource } from '../state/resource.ts';
import { profileResource, taxonomyResource } from '../state/resources.ts';
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
  return useMemo(() => (profile === null || taxonomy === null ? null : { areas: buildAreas(profile.preferences, taxonomy), taxonomy }), [profile, taxonomy]);
}
