/** A CA with a key of its own, and the lists that it publishes. */
import {
  type Certificate,
  decodeCertificate,
  type Name,
  type TrustStore,
  trustStore,
} from '@mandate/certificates';
import { type CrlSpec, createTestPki, makeCrl, type TestPki } from '@mandate/certificates/test-pki';
import { right } from '../support.js';

export interface Ca {
  readonly issuer: Name;
  readonly certificate: Certificate;
  /** DER of a list; by default of the CA's key, number 1, for the first week of March 2026. */
  readonly list: (spec?: Partial<CrlSpec>) => Promise<Uint8Array>;
}

export interface World {
  readonly pki: TestPki;
  readonly trust: TrustStore;
  readonly moica: Ca;
  /** The name and the key identifier of MOICA, and another key: what somebody on the way could make. */
  readonly forger: Ca;
  readonly root: Ca;
}

const caOf = async (pki: TestPki, id: Parameters<TestPki['authority']>[0]): Promise<Ca> => {
  const authority = pki.authority(id);
  const certificate = right(await decodeCertificate(authority.certificate)());
  return {
    issuer: certificate.subject,
    certificate,
    list: (spec = {}) =>
      makeCrl({
        issuer: authority.name,
        signer: authority.key,
        authorityKey: authority.keyIdentifier,
        thisUpdate: new Date('2026-03-01T00:00:00Z'),
        nextUpdate: new Date('2026-03-08T00:00:00Z'),
        number: 1,
        ...spec,
      }),
  };
};

export const makeWorld = async (): Promise<World> => {
  const pki = await createTestPki({ cas: ['MOICA'] });
  const stranger = await pki.stranger();
  return {
    pki,
    trust: right(await trustStore(pki.trustInput)()),
    moica: await caOf(pki, 'MOICA G3'),
    forger: await caOf(stranger, 'MOICA G3'),
    root: await caOf(pki, 'GRCA G2'),
  };
};
