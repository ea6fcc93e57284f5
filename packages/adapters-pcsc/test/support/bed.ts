/** The bed of the card service with this package's virtual cards. */
import { fileURLToPath } from 'node:url';
import * as service from '@mandate/testing/card-service';
import type { CardKind, Mischief } from '../../src/virtual-card/index.js';

/** `rule`: the card of the contract of `CardTransport`. */
type Kind = CardKind | 'rule';

export type Bed = service.Bed<Kind, Mischief>;
export type BedCard = service.BedCard<Mischief>;

const mainOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const main = mainOf('../../src/virtual-card/main.ts');
const ruleMain = mainOf('./rule-card-main.ts');

export const startBed = (): Promise<Bed> =>
  service.startBed((kind) => (kind === 'rule' ? { main: ruleMain, portAlone: true } : { main }));
