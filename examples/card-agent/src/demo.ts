/**
 * Two virtual readers: a citizen's card and an agency's, of a PKI that is made anew at each start.
 *
 * @packageDocumentation
 */
import type { CardKeys, CardTransport } from '@mandate/adapters-pcsc';
import { t7sCard, testPinTransportKey, virtualTransport } from '@mandate/adapters-pcsc/virtual-card';
import { createTestPki, type TestPki } from '@mandate/certificates/test-pki';

export const demoPin = '246810';

export interface Demo {
  readonly transport: CardTransport;
  readonly keys: CardKeys;
  readonly pki: TestPki;
}

export const openDemo = async (): Promise<Demo> => {
  const pki = await createTestPki({ cas: ['MOICA', 'GCA'] });
  const citizen = await pki.issueCitizen({ name: '王小明', last4: '6789' });
  const agency = await pki.issueAgency({ ca: 'GCA', name: '測試市政府' });
  const cards = [citizen, agency].map((card) => t7sCard({ card, pin: demoPin }));
  return { pki, transport: virtualTransport(cards), keys: { pinTransportKey: testPinTransportKey } };
};
