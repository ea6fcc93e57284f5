import { type CertificateProfile, gpkiPolicies, verifySignedData } from '@mandate/certificates';
import { right } from '../support.js';
import type { Scene } from './scene.js';

const profile: CertificateProfile = {
  subjectTypes: ['citizen'],
  cas: ['MOICA'],
  policies: [gpkiPolicies.level3],
  use: 'sign',
  minRsaBits: 2048,
};

/** What the register finds in an answer to this content. */
export const verdictOf = ({ pki, clock }: Scene, cms: string, content: string) =>
  verifySignedData({
    cms: new Uint8Array(Buffer.from(cms, 'base64')),
    content: new TextEncoder().encode(content),
    trust: pki.trust,
    revocation: pki.revocation,
    profile,
    at: new Date(clock.now()),
  })();

/** What it finds in what a page of this origin has got; throws, and so fails the test, where it would not take it. */
export const verifiedOf = async (scene: Scene, origin: string, cms: string | undefined) => {
  const challenge = { agencyCode: '99001', nonce: 'n-1', origin, purpose: '授權指派' };
  return right(await verdictOf(scene, cms ?? '', JSON.stringify(challenge)));
};
