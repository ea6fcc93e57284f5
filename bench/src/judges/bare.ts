/**
 * What the digests and signatures of a log-in cost by themselves, everything else done beforehand: the parts of each
 * answer are taken out of it before anything is timed. Nobody could log in by this.
 */
import { createHash, type KeyObject, verify, X509Certificate } from 'node:crypto';
import { Certificate, ContentInfo, SignedData } from 'pkijs';
import type { Login, LoginWorld } from '../world/logins.js';
import type { MakeJudge } from './judge.js';

interface Parts {
  readonly card: Uint8Array<ArrayBuffer>;
  readonly digest: Uint8Array;
  readonly attributes: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
}

const partsOf = ({ cms }: Login): Parts | undefined => {
  const answer = new SignedData({ schema: ContentInfo.fromBER(Uint8Array.from(cms)).content });
  const [signer] = answer.signerInfos;
  const card = answer.certificates?.[0];
  const stated = signer?.signedAttrs?.attributes.find(({ type }) => type === '1.2.840.113549.1.9.4');
  if (!(card instanceof Certificate) || signer?.signedAttrs === undefined || stated === undefined) return;
  return {
    card: new Uint8Array(card.toSchema(true).toBER()),
    digest: new Uint8Array(stated.values[0].valueBlock.valueHexView),
    attributes: new Uint8Array(signer.signedAttrs.encodedValue),
    signature: Uint8Array.from(signer.signature.valueBlock.valueHexView),
  };
};

const partsOfAll = (world: LoginWorld): ReadonlyMap<Uint8Array, Parts> => {
  const parts = new Map<Uint8Array, Parts>();
  for (const login of [...world.logins, ...Object.values(world.forged)]) {
    const found = partsOf(login);
    if (found !== undefined) parts.set(login.cms, found);
  }
  return parts;
};

const digestHolds = ({ digest }: Parts, content: Uint8Array): boolean =>
  createHash('sha256').update(content).digest().equals(digest);

/** `node:crypto`, as for a card that was never seen: reading it, and three signatures. */
export const nodeCold: MakeJudge = async (world) => {
  const parts = partsOfAll(world);
  const issuer = new X509Certificate(world.issuer);
  const rootKey = new X509Certificate(world.root).publicKey;
  return async ({ cms, content }) => {
    const found = parts.get(cms);
    if (found === undefined || !digestHolds(found, content)) return false;
    const card = new X509Certificate(found.card);
    return (
      verify('sha256', found.attributes, card.publicKey, found.signature) &&
      card.verify(issuer.publicKey) &&
      issuer.verify(rootKey)
    );
  };
};

/** `node:crypto`, the card's key known: one digest and one signature. */
export const nodeWarm: MakeJudge = async (world) => {
  const parts = partsOfAll(world);
  const keys = new Map<Uint8Array, KeyObject>();
  for (const { cms } of [...world.logins, world.forged.otherContent, world.forged.otherSignature]) {
    const card = parts.get(cms)?.card;
    if (card !== undefined) keys.set(cms, new X509Certificate(card).publicKey);
  }
  return async ({ cms, content }) => {
    const found = parts.get(cms);
    const key = keys.get(cms);
    if (found === undefined || key === undefined || !digestHolds(found, content)) return false;
    return verify('sha256', found.attributes, key, found.signature);
  };
};

const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

/** The same by WebCrypto, whose every call goes to another thread and back. */
export const webWarm: MakeJudge = async (world) => {
  const { subtle } = globalThis.crypto;
  const parts = partsOfAll(world);
  const keys = new Map<Uint8Array, CryptoKey>();
  for (const { cms } of [...world.logins, world.forged.otherContent, world.forged.otherSignature]) {
    const card = parts.get(cms)?.card;
    if (card === undefined) continue;
    const spki = new X509Certificate(card).publicKey.export({ type: 'spki', format: 'der' });
    keys.set(cms, await subtle.importKey('spki', spki, rsa, false, ['verify']));
  }
  return async ({ cms, content }) => {
    const found = parts.get(cms);
    const key = keys.get(cms);
    if (found === undefined || key === undefined) return false;
    const digest = Buffer.from(await subtle.digest('SHA-256', Uint8Array.from(content)));
    return digest.equals(found.digest) && subtle.verify(rsa, key, found.signature, found.attributes);
  };
};
