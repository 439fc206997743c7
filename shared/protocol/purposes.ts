/** Purposes by short name, as W3C Data Privacy Vocabulary IRIs with everyday words. */

const dpv = (name: string) => `https://w3id.org/dpv#${name}`;

export const PURPOSES = {
  recommendations: { iri: dpv('ProvideProductRecommendations'), label: 'Recommend products or titles to you' },
  personalisation: { iri: dpv('ServicePersonalisation'), label: 'Adapt the service to you' },
  'personalised-advertising': { iri: dpv('PersonalisedAdvertising'), label: 'Choose advertising for you' },
  'targeted-advertising': { iri: dpv('TargetedAdvertising'), label: 'Target you with advertising' },
  events: { iri: dpv('ProvideEventRecommendations'), label: 'Recommend events to you' },
  optimisation: { iri: dpv('ServiceOptimisation'), label: 'Improve the service' },
  research: { iri: dpv('ResearchAndDevelopment'), label: 'Research and development' },
  sale: { iri: dpv('SellDataToThirdParties'), label: 'Sell what it learns to others' },
} as const;
export type PurposeName = keyof typeof PURPOSES;
