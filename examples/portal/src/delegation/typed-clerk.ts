/**
 * What was typed or read of a clerk, as the form sends it and as the command brings it.
 *
 * @packageDocumentation
 */

import type { Means } from '@mandate/domain';
import type { FormFields } from '../site/form.js';
import { printedSerial } from '../site/serial.js';
import type { ListedClerk } from './model.js';

export interface TypedClerk {
  readonly serial: string;
  readonly name: string;
  readonly nationalId: string;
  /** DER, base64, of the card that was read; empty where the serial was typed (GEPI-35). */
  readonly der: string;
  readonly cardNumber: string;
  readonly permissions: ReadonlyArray<string>;
  readonly email: string;
  /** By what the clerk will prove to be one. */
  readonly means: Means;
}

export const emptyClerk: TypedClerk = {
  ...{ serial: '', name: '', nationalId: '', der: '', cardNumber: '', email: '' },
  means: 'certificate',
  permissions: [],
};

/** A clerk on record: the old card's serial stands in the form (GEPI-39). */
export const clerkAsTyped = ({ name, nationalId, credential, permissions }: ListedClerk): TypedClerk => ({
  ...emptyClerk,
  serial: printedSerial(credential.serial),
  name: name ?? '',
  nationalId: nationalId ?? '',
  permissions,
});

export const typedIn = ({ text, all }: FormFields): TypedClerk => ({
  serial: text('serial').trim(),
  name: text('name').trim(),
  nationalId: text('nationalId').trim(),
  der: text('der'),
  cardNumber: text('cardNumber'),
  permissions: all('permissions'),
  email: text('email').trim(),
  means: text('means') === 'registeredCard' ? 'registeredCard' : 'certificate',
});

/** As a command brings it. A card that was read is brought whole, so that it need not be believed what was typed of it. */
export const clerkOf = ({ name, nationalId, serial, der, cardNumber }: TypedClerk) => ({
  name,
  nationalId,
  certificate:
    der === ''
      ? ({ kind: 'typed', serial } as const)
      : ({ kind: 'card', der, ...(cardNumber === '' ? {} : { cardNumber }) } as const),
});

/** The same where other means are allowed, or a mail address is asked for (NHI-8, NHI-9). */
export const entryOf = (typed: TypedClerk, mailed: boolean) => ({
  ...clerkOf(typed),
  ...(typed.means === 'registeredCard' ? { certificate: { kind: 'registeredCard' } as const } : {}),
  ...(mailed ? { email: typed.email } : {}),
});

/** Which field of the form a path of the command is. */
export const fieldOfPath = (path: string): string => {
  const inClerk = path.replace(/^clerk\./, '');
  return inClerk.startsWith('certificate') ? 'serial' : inClerk.replace(/[.[].*$/, '');
};
