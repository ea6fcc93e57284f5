import { createTestPki } from '@mandate/certificates/test-pki';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, company, people } from '../../src/world/cast.js';
import { showCards } from '../../src/world/counter.js';
import { agencyCard, citizenCard } from '../../src/world/drawer.js';
import {
  addClerk,
  clerkBySerial,
  confirmed,
  issuePair,
  ofAgency,
  ofPerson,
  registerAgency,
} from '../support/counter.js';
import { openOffice, refusal, right } from '../support/office.js';

const pki = await createTestPki({ keyPool: 4, cas: ['GCA', 'MOEACA', 'MOICA'] });
const pair = await issuePair(pki, cityOffice, people.lin);
const chenCard = await citizenCard(pki, people.chen);

const queries = suite('查詢作業');

queries('GEPI-52: the agency card tells name and OID; no registration is needed', async () => {
  const { register } = await openOffice(pki);
  const visit = await confirmed(register, 'query-oid', pair, pair.shown.slice(0, 1));
  assert.ok(visit.confirmation.complete);
  assert.equal(right(await register.organisationOf(visit.confirmation.id)()), {
    agencyName: cityOffice.name,
    organisation: cityOffice.recorded,
  });
});

queries('GEPI-52: a company’s card names a business number instead', async () => {
  const { register } = await openOffice(pki);
  const shown = [ofAgency(await agencyCard(pki, company), company)];
  const visit = right(await showCards(register, 'query-oid', company.code, shown));
  assert.equal(right(await register.organisationOf(visit.confirmation.id)()).organisation, company.recorded);
});

queries('GEPI-53: card, ID and PIN tell name and serial, without any agency', async () => {
  const { register } = await openOffice(pki);
  const visit = right(
    await showCards(register, 'query-serial', undefined, [ofPerson(chenCard, people.chen)]),
  );
  assert.equal(right(await register.serialOf(visit.confirmation.id)()), {
    name: people.chen.name,
    serial: chenCard.card.serial,
  });
});

queries('GEPI-53: what was found is what the manager types (GEPI-35)', async () => {
  const { register } = await openOffice(pki);
  await registerAgency(register, pair);
  const visit = right(
    await showCards(register, 'query-serial', undefined, [ofPerson(chenCard, people.chen)]),
  );
  const { serial } = right(await register.serialOf(visit.confirmation.id)());
  await addClerk(register, pair, clerkBySerial(people.chen, serial), ['premium-edit']);
});

queries('GEPI-53: the ID is required, and must fit the card', async () => {
  const { register } = await openOffice(pki);
  assert.is(refusal(await register.issueChallenge({ purpose: 'query-serial' })()), 'INVALID_INPUT');
  const wrong = { ...ofPerson(chenCard, people.chen), nationalId: people.wang.nationalId };
  assert.is(refusal(await showCards(register, 'query-serial', undefined, [wrong])), 'IDENTITY_MISMATCH');
});

queries('a query’s confirmation answers its own question only', async () => {
  const { register } = await openOffice(pki);
  const oid = await confirmed(register, 'query-oid', pair, pair.shown.slice(0, 1));
  const serial = right(
    await showCards(register, 'query-serial', undefined, [ofPerson(chenCard, people.chen)]),
  );
  assert.is(refusal(await register.serialOf(oid.confirmation.id)()), 'CONFIRMATION_OTHER_PURPOSE');
  assert.is(refusal(await register.organisationOf(serial.confirmation.id)()), 'CONFIRMATION_OTHER_PURPOSE');
  assert.is(refusal(await register.clerkList(serial.confirmation.id)()), 'CONFIRMATION_OTHER_PURPOSE');
});

queries('architecture 4: a query leaves neither event nor evidence of who asked', async () => {
  const kept: string[] = [];
  const office = await openOffice(pki);
  const { settings } = office;
  const watched = office.reopened({
    evidence: {
      ...settings.evidence,
      put: (hash, subject, sealed) => {
        kept.push(hash);
        return settings.evidence.put(hash, subject, sealed);
      },
    },
  });
  const before = right(await settings.store.head()());
  right(await showCards(watched.register, 'query-serial', undefined, [ofPerson(chenCard, people.chen)]));
  right(await showCards(watched.register, 'query-oid', cityOffice.code, pair.shown.slice(0, 1)));
  assert.equal(kept, []);
  assert.is(right(await settings.store.head()()), before);
});

queries.run();
