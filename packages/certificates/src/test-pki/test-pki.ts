import * as E from 'fp-ts/lib/Either.js';
import { normalSerial, toHex } from '../bytes.js';
import { decodeCertificate } from '../decode.js';
import { cas as allCas, type Ca } from '../gpki/oids.js';
import { type TrustStoreInput, trustStore } from '../path/trust-store.js';
import { memoryRevocation, type RevocationEntry } from '../revocation/memory.js';
import type { AuthorityId } from './addresses.js';
import {
  type Authorities,
  makeAuthorities,
  restoreAuthorities,
  saveAuthorities,
  type TestAuthority,
} from './authorities.js';
import { type CardRecord, cardOf, type SavedCard, type TestCard } from './card.js';
import { endOfTaipeiDayAfterYears } from './dates.js';
import { makeKey, restoreKey, type TestKey } from './keys.js';
import type { AgencySpec, IssueOptions, SavedTestPki, TestPki, TestPkiOptions } from './model.js';
import { newDigits, newSerial, webRandom } from './numbers.js';
import { publish } from './publish.js';
import { makeSubscriberCertificate, type SubscriberIdentity } from './subscriber.js';

const defaultNow = '2026-01-01T00:00:00Z';

const yearsOf: Readonly<Record<Ca, number>> = { MOICA: 5, GCA: 5, MOEACA: 5, HCA: 5, XCA: 6 };

const agencyType: Readonly<Record<AgencySpec['ca'], SubscriberIdentity['subjectType']>> = {
  GCA: 'agency',
  XCA: 'school',
  MOEACA: 'company',
  HCA: 'medicalInstitution',
};

const thirdMoica = Date.parse('2024-01-23T06:30:45Z');

const isSaved = (value: unknown): value is SavedTestPki =>
  typeof value === 'object' && value !== null && 'version' in value && value.version === 1;

const isSavedCard = (value: unknown): value is SavedCard =>
  typeof value === 'object' && value !== null && 'record' in value && 'key' in value;

const rightOrThrow = <L extends { readonly code: string; readonly detail: string }, A>(
  e: E.Either<L, A>,
): A => {
  if (E.isLeft(e)) throw new Error(`${e.left.code}: ${e.left.detail}`);
  return e.right;
};

/**
 * Makes the PKI, or makes it again from `saved`. New keys take about a second on a laptop; saved ones no time.
 * It is a test kit: a promise that rejects is a mistake in the test.
 */
export const createTestPki = async (options: TestPkiOptions = {}): Promise<TestPki> => {
  const random = options.random ?? webRandom;
  if (options.saved !== undefined && !isSaved(options.saved)) throw new TypeError('not what save() gave');
  const authorities = options.saved
    ? restoreAuthorities(options.saved.authorities)
    : await makeAuthorities(options.cas ?? allCas, { random });
  const encryptionKey = options.saved ? restoreKey(options.saved.encryptionKey) : await makeKey();
  return assemble(authorities, encryptionKey, options.saved?.revocation ?? [], options);
};

const assemble = async (
  authorities: Authorities,
  encryptionKey: TestKey,
  revoked: ReadonlyArray<RevocationEntry>,
  options: TestPkiOptions,
): Promise<TestPki> => {
  const random = options.random ?? webRandom;
  const now = options.now ?? new Date(defaultNow);
  const trustInput = await trustInputOf(authorities);
  const trust = rightOrThrow(await trustStore(trustInput)());
  const revocation = memoryRevocation(revoked);
  const nextKey = keySource(options.keyPool);

  const authority = (id: AuthorityId): TestAuthority => {
    const found = authorities.all.get(id);
    if (found === undefined) throw new RangeError(`this test PKI has no ${id}`);
    return found;
  };

  const newCardNumber = (ca: Ca): string => `${ca === 'MOICA' ? 'TP' : 'CS'}${newDigits(random, 14)}`;

  type Plan = Pick<CardRecord, 'ca' | 'generation' | 'cardNumber' | 'identity' | 'defects'> & {
    readonly notBefore: Date;
    readonly notAfter: Date;
  };

  const personalise = async (plan: Plan, key: TestKey): Promise<TestCard> => {
    const issuer = authority(`${plan.ca} ${plan.generation}`);
    const serial = newSerial(random);
    const encryptionSerial = newSerial(random);
    const common = { ...plan, authority: issuer };
    const certificate = await makeSubscriberCertificate({
      ...common,
      key,
      serial,
      keyUsage: plan.defects.keyUsage ?? ['digitalSignature'],
    });
    const encryptionCertificate = await makeSubscriberCertificate({
      ...common,
      key: encryptionKey,
      serial: encryptionSerial,
      keyUsage: ['keyEncipherment', 'dataEncipherment'],
    });
    const issuerRecord = rightOrThrow(await decodeCertificate(issuer.certificate, trust.cache)());
    const record: CardRecord = {
      ca: plan.ca,
      generation: plan.generation,
      cardNumber: plan.cardNumber,
      identity: plan.identity,
      defects: plan.defects,
      notBefore: plan.notBefore.toISOString(),
      notAfter: plan.notAfter.toISOString(),
      serial: normalSerial(serial),
      encryptionSerial: normalSerial(encryptionSerial),
      issuerName: issuerRecord.subject.text,
      certificate: toHex(certificate),
      encryptionCertificate: toHex(encryptionCertificate),
      issuer: toHex(issuer.name),
    };
    return cardOf(record, key, encryptionKey);
  };

  const issue = async (ca: Ca, identity: SubscriberIdentity, spec: IssueOptions): Promise<TestCard> => {
    const notBefore = spec.notBefore ?? now;
    const newest = ca === 'MOICA' && notBefore.getTime() >= thirdMoica ? 'G3' : 'G2';
    const bits = spec.defects?.rsaBits;
    const plan: Plan = {
      ca,
      generation: spec.generation ?? newest,
      cardNumber: spec.cardNumber ?? newCardNumber(ca),
      identity,
      defects: spec.defects ?? {},
      notBefore,
      notAfter: spec.notAfter ?? endOfTaipeiDayAfterYears(notBefore, yearsOf[ca]),
    };
    return personalise(plan, bits === undefined ? await nextKey() : await makeKey(bits));
  };

  const revoke: TestPki['revoke'] = (card, when, reason) => {
    revocation.revoke(card.issuerName, card.serial, when, reason);
    revocation.revoke(card.issuerName, card.encryptionSerial, when, reason);
  };

  return {
    trust,
    trustInput,
    revocation,
    issueCitizen: (spec) =>
      issue(
        'MOICA',
        {
          subjectType: 'citizen',
          name: spec.name,
          last4: spec.last4,
          subjectSerialNumber: spec.subjectSerialNumber ?? `1010${newDigits(random, 12)}`,
          ...(spec.cardRank === undefined ? {} : { cardRank: spec.cardRank }),
        },
        spec,
      ),
    issueAgency: (spec) => issue(spec.ca, agencyIdentity(spec), spec),
    renew: async (card, { notBefore, notAfter } = {}) => {
      const { record } = card;
      const plan: Plan = {
        ...record,
        notBefore: notBefore ?? new Date(record.notBefore),
        notAfter: notAfter ?? endOfTaipeiDayAfterYears(new Date(record.notAfter), 3),
      };
      return personalise(plan, restoreKey(card.save().key));
    },
    reissue: async (card, { notBefore = now, notAfter, cardNumber, voidOld } = {}) => {
      const { record } = card;
      const plan: Plan = {
        ...record,
        cardNumber: cardNumber ?? newCardNumber(record.ca),
        notBefore,
        notAfter: notAfter ?? endOfTaipeiDayAfterYears(notBefore, yearsOf[record.ca]),
      };
      const next = await personalise(plan, await nextKey());
      if (voidOld ?? record.ca === 'MOICA') revoke(card, notBefore, 'superseded');
      return next;
    },
    revoke,
    hold: (card, when) => {
      revocation.hold(card.issuerName, card.serial, when);
      revocation.hold(card.issuerName, card.encryptionSerial, when);
    },
    release: (card, when) => {
      revocation.release(card.issuerName, card.serial, when);
      revocation.release(card.issuerName, card.encryptionSerial, when);
    },
    publish: (published) => publish([...authorities.all.values()], revocation, { random, now }, published),
    stranger: async () => {
      const identifiers = new Map([...authorities.all.values()].map((a) => [a.id, a.keyIdentifier]));
      const cas = allCas.filter((ca) => [...authorities.all.keys()].some((id) => id.startsWith(`${ca} `)));
      const { saved: _saved, ...rest } = options;
      return assemble(await makeAuthorities(cas, { random, identifiers }), await makeKey(), [], rest);
    },
    authority,
    restore: (saved) => {
      if (!isSavedCard(saved)) throw new TypeError('not what TestCard.save() gave');
      return cardOf(saved.record, restoreKey(saved.key), encryptionKey);
    },
    save: () => ({
      version: 1,
      authorities: saveAuthorities(authorities),
      encryptionKey: encryptionKey.save(),
      revocation: revocation.entries(),
    }),
  };
};

const agencyIdentity = (spec: AgencySpec): SubscriberIdentity => {
  const { businessNumber, localities, organisationOid, units } = spec;
  return {
    subjectType: spec.subjectType ?? agencyType[spec.ca],
    name: spec.name,
    cardRank: spec.cardRank ?? 'primary',
    ...(units === undefined ? {} : { units }),
    ...(localities === undefined ? {} : { localities }),
    ...(organisationOid === undefined ? {} : { organisationOid }),
    ...(businessNumber === undefined ? {} : { businessNumber, subjectSerialNumber: businessNumber }),
  };
};

const trustInputOf = async ({ all, link }: Authorities): Promise<TrustStoreInput> => {
  const anchors: { readonly der: Uint8Array; readonly fingerprint: string }[] = [];
  const issuers: { readonly ca: Ca; readonly generation: string; readonly der: Uint8Array }[] = [];
  for (const { id, certificate } of all.values()) {
    const [name = '', generation = ''] = id.split(' ');
    const ca = allCas.find((known) => known === name);
    const { fingerprint } = rightOrThrow(await decodeCertificate(certificate)());
    if (ca === undefined) anchors.push({ der: certificate, fingerprint });
    else issuers.push({ ca, generation, der: certificate });
  }
  return { anchors, issuers, links: [{ der: link }] };
};

/** One new key for each card, or the keys of a pool in turn. */
const keySource = (pool: number | undefined): (() => Promise<TestKey>) => {
  if (pool === undefined) return () => makeKey();
  const keys: Promise<TestKey>[] = [];
  let turn = 0;
  return () => {
    const index = turn % Math.max(1, pool);
    turn += 1;
    const key = keys[index] ?? makeKey();
    keys[index] = key;
    return key;
  };
};
