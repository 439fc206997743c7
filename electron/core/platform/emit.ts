/** How any part of the core tells the page that something changed. */
import type { Topic, TopicName } from '../../../shared/api/contract.ts';

export type Emit = <T extends TopicName>(topic: T, payload: Topic<T>) => void;
