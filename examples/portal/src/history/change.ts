/**
 * One change of authority in words.
 *
 * @packageDocumentation
 */
import { purposeOf } from '@mandate/domain';
import { type Html, html, nothing } from '../site/html.js';
import { longTime } from '../site/times.js';
import {
  type Change,
  certificateName,
  fact,
  functionTags,
  type NamedCertificate,
  type Telling,
} from './telling.js';

/** Key of the change's name in the pack. */
export const changeKey = (change: Change): string =>
  change.type === 'CertificateReplaced'
    ? `event.CertificateReplaced.${change.data.holder}`
    : `event.${change.type}`;

const functions = (telling: Telling, label: string, codes: ReadonlyArray<string>, tone: string): Html =>
  codes.length === 0 ? nothing : fact(telling.view.words.say(label), functionTags(telling, codes, tone));

const certificate = (telling: Telling, credential: NamedCertificate): Html =>
  fact(telling.view.words.say('certificate.serial'), certificateName(telling, credential));

const particulars = (telling: Telling, change: Change): Html => {
  const { view, person } = telling;
  const { say, pick, lang } = view.words;
  switch (change.type) {
    case 'AgencyRegistered': {
      const { name, organisation, credential } = change.data;
      return html`${fact(say('column.agencyName'), name)}${fact(
        say(`certificate.organisation.${organisation.kind}`),
        organisation.value,
      )}${certificate(telling, credential)}`;
    }
    case 'ManagerAppointed':
      return html`${certificate(telling, change.data.credential)}${
        change.data.previous === null
          ? nothing
          : fact(say('history.previousManager'), person(change.data.previous))
      }`;
    case 'ClerkAuthorized':
    case 'HistoryImported':
      return html`${certificate(telling, change.data.credential)}${functions(
        telling,
        'change.granted',
        change.data.permissions,
        'good',
      )}${fact(say('change.catalogue'), String(change.data.catalogueVersion))}`;
    case 'ClerkPermissionsChanged':
      return html`${functions(telling, 'change.granted', change.data.granted, 'good')}${functions(
        telling,
        'change.revoked',
        change.data.revoked,
        'bad',
      )}${fact(say('change.catalogue'), String(change.data.catalogueVersion))}`;
    case 'CertificateReplaced':
      return html`${fact(say('change.from'), certificateName(telling, change.data.previous))}${fact(
        say('change.to'),
        certificateName(telling, change.data.next),
      )}${fact(say('history.reason'), say(`cause.${change.data.cause}`))}`;
    case 'ClerkCredentialProved':
      return certificate(telling, change.data.credential);
    case 'CredentialRegistered': {
      const { ca, serial1, serial2, proof } = change.data;
      return html`${fact(say('column.serial1'), certificateName(telling, { ca, serial: serial1, proof }))}${fact(
        say('column.serial2'),
        certificateName(telling, { ca, serial: serial2 }),
      )}`;
    }
    case 'CredentialActivated': {
      const { ca, serial1, from, to } = change.data;
      return html`${fact(say('column.serial1'), certificateName(telling, { ca, serial: serial1 }))}${fact(
        say('field.from'),
        longTime(from, lang),
      )}${fact(say('field.to'), longTime(to, lang))}`;
    }
    case 'CredentialDeactivated':
      return fact(say('history.reason'), say(`cause.${change.data.cause}`));
    case 'ClerkRevoked':
      return fact(say('history.reason'), say(`cause.${change.data.cause}`));
    case 'TermsAccepted': {
      const purpose = purposeOf(view.pack, change.data.purpose);
      return html`${fact(
        say('change.terms'),
        `${change.data.version}${purpose === undefined ? '' : `(${pick(purpose.label)})`}`,
      )}`;
    }
    case 'AgencySuspended':
    case 'AgencyReopened':
    case 'AgencyDeregistered':
      return fact(say('history.reason'), html`<code>${change.data.reason}</code>`);
  }
};

/** Of whom it tells, after its name. */
const whom = (telling: Telling, change: Change): string =>
  change.person === null ? '' : `:${telling.person(change.person)}`;

const evidence = ({ evidenceAt, view }: Telling, hashes: ReadonlyArray<string>): Html =>
  evidenceAt === undefined || hashes.length === 0
    ? nothing
    : html`<p class="hint">${view.words.say('blame.evidence')} ${hashes.map(
        (hash) => html` <a href="${evidenceAt(hash)}"><code>${hash.slice(0, 12)}…</code></a>`,
      )}</p>`;

export const changePanel = (telling: Telling, change: Change): Html => {
  const { say, lang } = telling.view.words;
  return html`<article class="change"><h3>${say(changeKey(change))}${whom(telling, change)}</h3><dl class="facts">${
    change.effectiveAt === change.recordedAt
      ? nothing
      : fact(say('change.effectiveAt'), longTime(change.effectiveAt, lang))
  }${particulars(telling, change)}</dl>${evidence(telling, change.evidence)}</article>`;
};
