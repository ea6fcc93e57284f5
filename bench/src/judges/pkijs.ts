/**
 * The peer: pkijs reads the answer, checks digest and signature, and its chain engine finds the way to the root. It looks
 * neither at policies nor at the holder nor at revocation, and it is told CA and root, read once, before it begins.
 */
import { Certificate, CertificateChainValidationEngine, ContentInfo, SignedData } from 'pkijs';
import { loginTime } from '../world/logins.js';
import type { MakeJudge } from './judge.js';

const read = (der: Uint8Array): Certificate => Certificate.fromBER(Uint8Array.from(der));

export const pkijs: MakeJudge = async (world) => {
  const issuer = read(world.issuer);
  const trustedCerts = [read(world.root)];
  return async ({ cms, content }) => {
    try {
      const info = ContentInfo.fromBER(Uint8Array.from(cms));
      const answer = new SignedData({ schema: info.content });
      const attached = answer.encapContentInfo.eContent?.getValue();
      const card = answer.certificates?.[0];
      if (attached === undefined || Buffer.compare(new Uint8Array(attached), content) !== 0) return false;
      if (!(card instanceof Certificate) || !(await answer.verify({ signer: 0 }))) return false;
      // The engine takes the last one for the certificate in question.
      const certs = [issuer, card];
      const engine = new CertificateChainValidationEngine({ certs, trustedCerts, checkDate: loginTime });
      const { result, certificatePath } = await engine.verify();
      return result && certificatePath?.length === 3;
    } catch {
      return false;
    }
  };
};
