/**
 * The agency of the yardstick and of the peers: the same decide and evolve for all of them, and events of about 400
 * bytes of JSON. Nothing of the register: no codec, no sealing, no chain.
 */

interface Clerk {
  readonly name: string;
  readonly serial: string;
  readonly permissions: ReadonlyArray<string>;
}

export interface PlainAgency {
  readonly registered: boolean;
  readonly clerks: ReadonlyMap<string, Clerk>;
}

export interface PlainEvent {
  readonly type: 'AgencyRegistered' | 'ClerkAuthorized' | 'ClerkPermissionsChanged' | 'CertificateReplaced';
  readonly data: {
    readonly agency: string;
    readonly clerk: string;
    readonly name: string;
    readonly serial: string;
    readonly permissions: ReadonlyArray<string>;
    readonly by: string;
    readonly at: string;
    readonly note: string;
  };
}

export const initialPlain: PlainAgency = { registered: false, clerks: new Map() };

export const evolvePlain = (state: PlainAgency, { type, data }: PlainEvent): PlainAgency => {
  if (type === 'AgencyRegistered') return { ...state, registered: true };
  const { clerk, name, serial, permissions } = data;
  return { ...state, clerks: new Map(state.clerks).set(clerk, { name, serial, permissions }) };
};

const menu = ['premium-edit', 'premium-send', 'premium-print', 'benefit-query', 'seniority-print'];

const event = (agency: string, index: number, type: PlainEvent['type']): PlainEvent => ({
  type,
  data: {
    agency,
    clerk: `${agency}-clerk-${index % 4}`,
    name: `經辦人 ${index % 4}`,
    serial: `0123456789ABCDEF${String(index).padStart(16, '0')}`,
    permissions: menu.slice(index % 3, (index % 3) + 3),
    by: 'a3f5c1d2e4b60718293a4b5c6d7e8f90a3f5c1d2e4b60718293a4b5c6d7e8f90',
    at: '2026-03-02T02:49:19.000Z',
    note: 'authorised on the screen of the delegation',
  },
});

/** The events that a stream holds before a command comes. */
export const plainHistory = (agency: string, length: number): ReadonlyArray<PlainEvent> =>
  Array.from({ length }, (_, index) => {
    if (index === 0) return event(agency, index, 'AgencyRegistered');
    if (index <= 4) return event(agency, index, 'ClerkAuthorized');
    return event(agency, index, index % 5 === 0 ? 'CertificateReplaced' : 'ClerkPermissionsChanged');
  });

/** One command: a clerk gets other permissions. */
export const decidePlain = (state: PlainAgency, agency: string, index: number): PlainEvent => {
  const clerk = state.clerks.get(`${agency}-clerk-1`);
  if (!state.registered || clerk === undefined) throw new Error('the stream was not loaded');
  const next = event(agency, 1, 'ClerkPermissionsChanged');
  return { ...next, data: { ...next.data, permissions: [menu[index % menu.length] ?? 'premium-edit'] } };
};
