/** What a load asks for: written to a file by the server, which knows its sessions, and read by the load. */
import { randomUUID } from 'node:crypto';
import { octetsOf } from './wire.js';

/** Somebody whose cards are confirmed, with a clerk whose name they change. */
export interface Holder {
  readonly cookie: string;
  readonly csrf: string;
  readonly path: string;
  readonly nationalId: string;
  readonly serial: string;
  readonly name: string;
  readonly permissions: ReadonlyArray<string>;
}

/** A question that is answered yes. */
export interface Question {
  readonly agency: string;
  readonly ca: string;
  readonly serial: string;
  readonly function: string;
}

export interface Targets {
  readonly origin: string;
  /** Bearer of a client that may decide and read. */
  readonly token: string;
  readonly questions: ReadonlyArray<Question>;
  readonly holders: ReadonlyArray<Holder>;
}

/** What is asked for on a connection that is kept. */
export type Kind = 'nothing' | 'decisions' | 'reasons' | 'evaluation' | 'commands';

/** Requests of one connection, one after another, and what must stand in a right answer. */
export interface Script {
  readonly next: () => Buffer;
  readonly status: number;
  readonly mark: Buffer;
}

const nothing = (): Script => {
  const octets = octetsOf({ method: 'GET', path: '/', headers: {} });
  return { next: () => octets, status: 200, mark: Buffer.from('ok') };
};

const asked = (
  { token, questions }: Targets,
  index: number,
  path: string,
  mark: string,
  bodyOf: (question: Question) => unknown,
): Script => {
  const headers = { authorization: `Bearer ${token}` };
  const made = questions.map((question) =>
    octetsOf({ method: 'POST', path, headers, body: bodyOf(question) }),
  );
  // Each connection begins elsewhere, so that not all ask the same at the same time.
  let at = index * 37;
  return { next: () => made[at++ % made.length] ?? Buffer.alloc(0), status: 200, mark: Buffer.from(mark) };
};

/** Each connection has agencies of its own, so that no two commands are about the same one. */
const commands = ({ origin, holders }: Targets, index: number, connections: number): Script => {
  const own = holders.filter((_, at) => at % connections === index);
  let round = 0;
  const next = (): Buffer => {
    const holder = own[round % own.length];
    if (holder === undefined) throw new RangeError('fewer agencies than connections');
    round++;
    const { cookie, csrf, path, nationalId, serial, name, permissions } = holder;
    return octetsOf({
      method: 'PUT',
      path,
      headers: { origin, cookie, 'x-mandate-csrf': csrf, 'idempotency-key': randomUUID() },
      // Another name each time: the same one again would change nothing.
      body: {
        clerk: {
          name: `改名${randomUUID().slice(0, 8)}${name}`,
          nationalId,
          certificate: { kind: 'typed', serial },
        },
        permissions,
      },
    });
  };
  return { next, status: 200, mark: Buffer.from('"events":[{') };
};

const ownWords = ({ agency, ca, serial, function: fn }: Question) => ({
  agency,
  who: { certificate: { ca, serial } },
  function: fn,
});

export const scriptOf = (kind: Kind, targets: Targets, index: number, connections: number): Script => {
  switch (kind) {
    case 'nothing':
      return nothing();
    case 'decisions':
      return asked(targets, index, '/decisions', '"allowed":true', (question) => ({
        ...ownWords(question),
        reasons: 'none',
      }));
    case 'reasons':
      return asked(targets, index, '/decisions', '"grant":{', ownWords);
    case 'evaluation':
      return asked(
        targets,
        index,
        '/access/v1/evaluation',
        '"decision":true',
        ({ agency, ca, serial, function: fn }) => ({
          subject: { type: 'certificate', id: `${ca}:${serial}` },
          action: { name: fn },
          resource: { type: 'agency', id: agency },
        }),
      );
    case 'commands':
      return commands(targets, index, connections);
  }
};
