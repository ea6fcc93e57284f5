/** The lists that the small GPKI publishes: partition and complete list of each CA, and the roots' lists of CAs. */
import * as E from 'fp-ts/lib/Either.js';
import { serialOctets } from '../bytes.js';
import type { CrlEntrySpec, IssuingPointSpec } from '../der/encode-crl.js';
import type { RevocationReason } from '../general-name.js';
import { decodeCrl } from '../revocation/crl/decode.js';
import type { CrlSource } from '../revocation/material.js';
import { type RevocationEntry, standingOf } from '../revocation/memory.js';
import { addressesOf, carlAddressOf, isRoot } from './addresses.js';
import { makeCrl } from './make-crl.js';
import type { PublishedAuthority, RevocationRecord } from './published.js';

const hour = 3_600_000;

/** Reasons that a list can give; another text is no reason. */
const reasons: ReadonlySet<string> = new Set<RevocationReason>([
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'privilegeWithdrawn',
]);

const isReason = (reason: string | undefined): reason is RevocationReason =>
  reason !== undefined && reasons.has(reason);

/** What a list says of one certificate at a time; nothing of one that is good. */
const entryOf = (entries: ReadonlyArray<RevocationEntry>, at: Date): CrlEntrySpec | undefined => {
  const { status, since, reason } = standingOf(entries, at);
  const [first] = entries;
  if (since === undefined || first === undefined) return undefined;
  const told = status === 'hold' ? 'certificateHold' : isReason(reason) ? reason : undefined;
  return {
    serial: serialOctets(first.serial),
    revokedAt: since,
    ...(told === undefined ? {} : { reason: told }),
  };
};

interface PublishedList {
  readonly authority: PublishedAuthority;
  readonly address: string;
  readonly hours: number;
  readonly issuingPoint?: IssuingPointSpec;
}

const listsOf = (authority: PublishedAuthority): ReadonlyArray<PublishedList> => {
  const { id } = authority;
  if (isRoot(id)) {
    const address = carlAddressOf(id);
    return [{ authority, address, hours: 36, issuingPoint: { uris: [address], only: 'ca' } }];
  }
  const { partition, complete } = addressesOf(id);
  return [
    // Every card of the small GPKI is in the same partition.
    { authority, address: partition, hours: 24, issuingPoint: { uris: [partition] } },
    { authority, address: complete, hours: 24 },
  ];
};

const listAt = async (list: PublishedList, revocation: RevocationRecord, at: Date): Promise<Uint8Array> => {
  const { authority, hours, issuingPoint } = list;
  const entries = revocation(authority.certificate.subject.text).flatMap((one) => entryOf(one, at) ?? []);
  return makeCrl({
    issuer: authority.name,
    signer: authority.key,
    authorityKey: authority.keyIdentifier,
    number: Math.floor(at.getTime() / 1000),
    thisUpdate: at,
    nextUpdate: new Date(at.getTime() + hours * hour),
    entries,
    ...(issuingPoint === undefined ? {} : { issuingPoint }),
  });
};

/** The lists as they are at the time of each query: by address, or all of an issuer's where none is given. */
export const publishedCrls = (
  authorities: () => Promise<ReadonlyArray<PublishedAuthority>>,
  revocation: RevocationRecord,
): CrlSource => ({
  find:
    ({ issuer, uris, at }) =>
    async () => {
      const lists = (await authorities()).flatMap(listsOf);
      const asked = lists.filter((list) =>
        uris.length === 0
          ? list.authority.certificate.subject.normal === issuer.normal
          : uris.includes(list.address),
      );
      if (asked.length === 0) return E.left({ code: 'UNREACHABLE', detail: 'nothing is published there' });
      const crls = [];
      for (const list of asked) {
        const crl = await decodeCrl(await listAt(list, revocation, at))();
        if (E.isLeft(crl)) return E.left({ code: 'MALFORMED', detail: crl.left.detail });
        crls.push(crl.right);
      }
      return E.right(crls);
    },
});
