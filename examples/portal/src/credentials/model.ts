/**
 * What the screens of 使用者憑證登記 work with.
 *
 * @packageDocumentation
 */
import type { CredentialRules, PortalPolicy, PurposePolicy } from '@mandate/domain';
import type { AnswerOf } from '../site/answer-of.js';
import type { FormFields } from '../site/form.js';
import type { View } from '../site/view.js';

/** A row of the list. */
export type Credential = AnswerOf<'credentials'>['credentials'][number];

export type CredentialKind = CredentialRules['kinds'][number];

/** Who is in: a person with the own rows, or the desk (DOC-3). */
export interface AtWork {
  readonly view: View;
  readonly purpose: PurposePolicy;
  readonly rules: CredentialRules;
  /** Who may register the own alone; `undefined` at the desk. */
  readonly own: Officer | undefined;
  /** Whether rows may be modified. */
  readonly maintains: boolean;
}

/** 承辦人員, as the portal's accounts know them. */
export interface Officer {
  readonly nationalId: string;
  readonly name: string;
  readonly account: string | null;
}

/** What the form has, in both of its stages (DOC-5, DOC-8). */
export interface Typed {
  readonly nationalId: string;
  readonly kind: string;
  readonly cardKind: string;
  readonly serial1: string;
  readonly serial2: string;
  /** DER, base64, of a card that was read; empty where the serials were typed. */
  readonly signing: string;
  readonly encryption: string;
  readonly state: '' | 'active' | 'inactive';
  readonly from: string;
  readonly to: string;
}

export const typedIn = ({ text }: FormFields): Typed => {
  const state = text('state');
  return {
    nationalId: text('nationalId').trim(),
    kind: text('kind'),
    cardKind: text('cardKind'),
    serial1: text('serial1').trim(),
    serial2: text('serial2').trim(),
    signing: text('signing'),
    encryption: text('encryption'),
    state: state === 'active' || state === 'inactive' ? state : '',
    from: text('from').trim(),
    to: text('to').trim(),
  };
};

export const isRead = ({ signing, encryption }: Typed): boolean => signing !== '' || encryption !== '';

/** As a command brings them. A card that was read is brought whole, so that no serial need be believed. */
export const serialsOf = (typed: Typed) =>
  isRead(typed)
    ? ({ kind: 'read', signing: typed.signing, encryption: typed.encryption } as const)
    : ({ kind: 'typed', serial1: typed.serial1, serial2: typed.serial2 } as const);

const given = (name: 'from' | 'to', value: string): { readonly from?: string; readonly to?: string } =>
  value === '' ? {} : { [name]: value };

/** The days, where it shall be active. */
export const daysOf = ({ state, from, to }: Typed) =>
  state === 'active' ? { ...given('from', from), ...given('to', to) } : {};

/** The kind that was chosen, or the first of the pack. */
export const kindOf = ({ kinds }: CredentialRules, id: string): CredentialKind | undefined =>
  kinds.find((kind) => kind.id === id) ?? kinds[0];

/** What a purpose must hold for these screens. */
export const registers = ({ commands }: PurposePolicy): boolean => commands.includes('RegisterCredential');

export const registering = ({ purposes }: PortalPolicy): ReadonlyArray<PurposePolicy> =>
  purposes.filter(registers);
