/**
 * The end of every story: what an auditor sees, and how it is known that nobody changed it.
 *
 * @packageDocumentation
 */
import { nodeSha256 } from '@mandate/adapters-eventstore';
import { revocationSource, verifyEvidence } from '@mandate/certificates';
import { publishedLists, type TestPki } from '@mandate/certificates/test-pki';
import {
  type Actor,
  createChainCheck,
  createRegisterCodec,
  type PortalPolicy,
  printChainFault,
  type RecordedEvent,
  type StoredEvent,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { Office } from '../world/office.js';
import type { Books } from './books.js';
import { shortTime, type Teller } from './tell.js';

/** Revocation lists of the CAs: with them evidence says how it was known that a certificate held. */
export const byLists = (pki: TestPki) => ({
  revocation: revocationSource({ trust: pki.trust, crls: publishedLists(pki) }),
});

/** What packs have no words for. */
const words: Readonly<Record<string, string>> = {
  CataloguePublished: '公告功能選單',
  OfficerBound: '綁定人事人員帳號',
  AgencyDataChanged: '變更單位資料',
  AgencyDataChangeRequested: '申請變更單位資料',
  AgencyDataChangeDecided: '審核單位資料之變更',
  CredentialRegistered: '登記憑證',
  CredentialActivated: '啟用憑證',
  CredentialDeactivated: '不啟用憑證',
};

const wordOf = (policy: PortalPolicy, { type, data }: StoredEvent): string => {
  const texts = new Map(Object.entries(policy.texts));
  const holder = 'holder' in data ? `.${String(data.holder)}` : '';
  return texts.get(`event.${type}${holder}`)?.zh ?? texts.get(`event.${type}`)?.zh ?? words[type] ?? type;
};

const actorOf = (books: Books, actor: Actor): string => {
  if ('person' in actor) return books.nameOf(actor.person);
  if (actor.kind === 'staff') return `承辦人 ${actor.account}`;
  return actor.kind === 'agency' ? '單位' : '系統';
};

/** Whose entry or card an event is about, by the events before it. */
const createWhom = (books: Books): ((event: StoredEvent) => string) => {
  const people = new Map<unknown, string>();
  return ({ data }) => {
    const entry = 'clerk' in data ? data.clerk : 'credential' in data ? data.credential : undefined;
    if ('person' in data && typeof data.person === 'string') people.set(entry, books.nameOf(data.person));
    return entry === undefined ? '' : (people.get(entry) ?? '');
  };
};

/** Every event: about whom, who did it, and from when it holds. */
export const tellHistory = async (
  { fact }: Teller,
  office: Office,
  policy: PortalPolicy,
  books: Books,
): Promise<void> => {
  const whom = createWhom(books);
  for (const event of await office.events()) {
    const { recordedAt, effectiveAt, actor } = event.meta;
    const later = effectiveAt > recordedAt ? `,${shortTime(Date.parse(effectiveAt))} 起生效` : '';
    const what = `${wordOf(policy, event)} ${whom(event)}`.trimEnd();
    fact(`${shortTime(Date.parse(recordedAt))}  ${what}  ←${actorOf(books, actor)}${later}  ${event.type}`);
  }
};

/** The first fault of the chains of these events. */
const chainFault = (recorded: ReadonlyArray<RecordedEvent>): string => {
  const codec = createRegisterCodec(nodeSha256);
  const check = createChainCheck(nodeSha256);
  for (const one of recorded) {
    const decoded = codec.decode(one);
    if (decoded._tag === 'Corrupt') return `Corrupt at ${one.stream}@${one.revision}`;
    const fault = check(one, decoded._tag === 'Event' ? decoded.event.meta.chain.previous : decoded.previous);
    if (fault !== undefined) return printChainFault(fault);
  }
  return '完整 intact';
};

/** Dates the last event a month earlier, as somebody with access to the database might. */
const antedated = (recorded: ReadonlyArray<RecordedEvent>): ReadonlyArray<RecordedEvent> =>
  recorded.map((one, index) =>
    index === recorded.length - 1 ? { ...one, body: one.body.replaceAll('2026-03-', '2026-02-') } : one,
  );

const proofs = async (office: Office, pki: TestPki): Promise<string> => {
  const hashes = new Set((await office.events()).flatMap(({ meta }) => meta.evidence));
  let [signed, stated, unproved] = [0, 0, 0];
  for (const hash of hashes) {
    const found = await office.register.evidence(hash)();
    if (E.isLeft(found) || found.right._tag !== 'Bundle') unproved += 1;
    else if (found.right.bundle.format === 'mandate-statement/1') stated += 1;
    else {
      const { indication } = await verifyEvidence(found.right.evidence, {
        anchors: pki.trustInput.anchors,
      })();
      if (indication === 'passed') signed += 1;
      else unproved += 1;
    }
  }
  return `憑證 ${signed} 份驗證相符,健保卡及帳號 ${stated} 份,缺漏或不符 ${unproved} 份`;
};

/** Replay, chains, evidence; `expected` is how much there is of certificates, and of the services behind health cards and accounts. */
export const tellProof = async (
  { asked, chapter }: Teller,
  office: Office,
  pki: TestPki,
  books: Books,
  expected: { readonly signed: number; readonly stated: number },
): Promise<void> => {
  chapter('重播與檢核', 'Replay and audit', 'X-1');
  const { questions, differing } = await books.replay();
  await asked(
    `由事件重新建立判斷索引,每人、每項功能、每個時點共 ${questions} 問,答案不同者`,
    'The decision index made anew from the events: answers that differ',
    questions > 0 ? String(differing) : 'nothing was asked',
    '0',
  );
  const page = await office.settings.store.readAll('start', 1000)();
  const recorded = E.isLeft(page) ? [] : page.right.events;
  await asked(
    `${recorded.length} 筆事件之雜湊鏈`,
    'The hash chain of the stored events',
    recorded.length > 0 ? chainFault(recorded) : 'nothing is stored',
    '完整 intact',
  );
  const last = recorded.at(-1);
  await asked(
    '若有人把最後一筆的日期改早一個月',
    'If somebody dated the last one a month earlier',
    chainFault(antedated(recorded)),
    `HashMismatch at ${last?.stream}@${last?.revision}`,
  );
  await asked(
    '事件所列之憑據',
    'The evidence that events name: of certificates, verified again; of services; missing or wrong',
    proofs(office, pki),
    `憑證 ${expected.signed} 份驗證相符,健保卡及帳號 ${expected.stated} 份,缺漏或不符 0 份`,
  );
};
