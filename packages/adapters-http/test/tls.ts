/** A certificate for a web server of the tests, under a key of its own; PEM. */
import { makeCertificate, makeKey } from '@mandate/certificates/test-pki';

const pem = (label: string, der: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64')}\n-----END ${label}-----\n`;

/** DER of the name `CN=<text>`. */
const commonName = (text: string): Uint8Array => {
  const value = Buffer.from(text, 'utf8');
  const attribute = Buffer.concat([Buffer.from([0x06, 0x03, 0x55, 0x04, 0x03, 0x0c, value.length]), value]);
  const wrap = (tag: number, content: Uint8Array) =>
    Buffer.concat([Buffer.from([tag, content.length]), content]);
  return wrap(0x30, wrap(0x31, wrap(0x30, attribute)));
};

export interface ServerIdentity {
  readonly key: string;
  readonly cert: string;
  readonly der: Uint8Array;
}

/** Self-signed; for 127.0.0.1, or for another machine's address. */
export const serverIdentity = async (host: readonly number[] = [127, 0, 0, 1]): Promise<ServerIdentity> => {
  const key = await makeKey();
  const name = commonName('測試用伺服器');
  const der = await makeCertificate({
    serial: Uint8Array.of(1),
    issuer: name,
    subject: name,
    notBefore: new Date('2020-01-01T00:00:00Z'),
    notAfter: new Date('2049-01-01T00:00:00Z'),
    publicKey: key.publicKey,
    // subjectAltName (RFC 5280 4.2.1.6): one iPAddress
    extensions: [
      { oid: '2.5.29.17', critical: false, value: Uint8Array.of(0x30, 0x06, 0x87, 0x04, ...host) },
    ],
    signer: key,
  });
  const pkcs8 = Buffer.from(key.save().privateKey, 'hex');
  return { key: pem('PRIVATE KEY', pkcs8), cert: pem('CERTIFICATE', der), der };
};
