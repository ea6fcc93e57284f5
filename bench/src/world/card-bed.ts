/** A virtual card in the first reader of a card service of its own, as the tests have it. */
import { fileURLToPath } from 'node:url';
import type { CardKind, Mischief } from '@mandate/adapters-pcsc/virtual-card';
import { type Bed, startBed } from '@mandate/testing/card-service';

const main = fileURLToPath(import.meta.resolve('@mandate/adapters-pcsc/virtual-card/main'));

export const cardBed = (): Promise<Bed<CardKind, Mischief>> => startBed(() => ({ main }));
