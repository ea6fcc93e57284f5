/** OCSPResponse (RFC 6960 4.2.1) read from the checked octets themselves. */
import type { Extension } from '../certificate.js';
import { type OcspResponse, ocspOids } from '../revocation/ocsp/response.js';
import { algorithmOf } from './algorithm.js';
import { extensionListOf } from './extension-list.js';
import { responderIdOf, singleAnswerOf } from './ocsp-answer.js';
import { E, type Read, refuse } from './read.js';
import { contentOf, contextTag, type DerLimits, type DerNode, readDer, tags, wholeOf } from './reader.js';
import { bitOctetsOf, oidOf, timeOf } from './values.js';

/** An answer has 1–3 kB, most of it the responder's certificate. */
export const ocspLimits: DerLimits = { maxBytes: 65_536, maxDepth: 20, maxNodes: 4_000 };

/** Entries in one answer: one was asked for, and a responder may have prepared a few together. */
const maxAnswers = 16;

/** Certificates in one answer: the responder's, and perhaps those above it. */
const maxCertificates = 4;

// -------------------------------------------------------------------------------------
// the envelope
// -------------------------------------------------------------------------------------

/** OCSPResponseStatus; 4 is not used. */
const statuses: ReadonlyMap<number, string> = new Map([
  [0, 'successful'],
  [1, 'malformedRequest'],
  [2, 'internalError'],
  [3, 'tryLater'],
  [5, 'sigRequired'],
  [6, 'unauthorized'],
]);

const statusOf = (node: DerNode | undefined): string | undefined =>
  node?.tag === tags.enumerated && node.end - node.content === 1
    ? statuses.get(contentOf(node)[0] ?? -1)
    : undefined;

/** DER of BasicOCSPResponse out of ResponseBytes. */
const basicOctetsOf = (node: DerNode | undefined): Uint8Array | undefined => {
  const bytes =
    node?.tag === contextTag(0, true) && node.children.length === 1 ? node.children[0] : undefined;
  const [type, response] = bytes?.children ?? [];
  return bytes?.tag === tags.sequence &&
    bytes.children.length === 2 &&
    oidOf(type) === ocspOids.basic &&
    response?.tag === tags.octetString
    ? contentOf(response)
    : undefined;
};

/** What an answer is before its certificates are records. */
export type BasicResponse = Omit<OcspResponse, 'der' | 'fingerprint' | 'certificates'> & {
  readonly certificates: ReadonlyArray<Uint8Array>;
};

export type OcspEnvelope =
  | { readonly status: 'successful'; readonly basic: BasicResponse }
  /** A status that comes without an answer, such as `tryLater`. Nobody signs it. */
  | { readonly status: 'notSuccessful'; readonly name: string };

/** OCSPResponse ::= SEQUENCE { responseStatus, responseBytes [0] OPTIONAL } from octets that the caller owns. */
export const ocspResponseOf = (der: Uint8Array): Read<OcspEnvelope> => {
  const read = readDer(der, ocspLimits);
  if (E.isLeft(read)) return refuse(read.left);
  const root = read.right;
  const name = statusOf(root.children[0]);
  if (root.tag !== tags.sequence || root.children.length > 2 || name === undefined) {
    return refuse('response status');
  }
  if (name !== 'successful') return E.right({ status: 'notSuccessful', name });
  const octets = basicOctetsOf(root.children[1]);
  if (octets === undefined) return refuse('not a basic response');
  const basic = basicResponseOf(octets);
  return E.isLeft(basic) ? basic : E.right({ status: 'successful', basic: basic.right });
};

// -------------------------------------------------------------------------------------
// BasicOCSPResponse
// -------------------------------------------------------------------------------------

const certificatesOf = (node: DerNode | undefined): Read<ReadonlyArray<Uint8Array>> => {
  if (node === undefined) return E.right([]);
  const list = node.children[0];
  if (node.tag !== contextTag(0, true) || node.children.length !== 1 || list?.tag !== tags.sequence) {
    return refuse('certificates');
  }
  return list.children.length > maxCertificates
    ? refuse(`${list.children.length} certificates, at most ${maxCertificates}`)
    : E.right(list.children.map(wholeOf));
};

const basicResponseOf = (octets: Uint8Array): Read<BasicResponse> => {
  const read = readDer(octets, ocspLimits);
  if (E.isLeft(read)) return refuse(read.left);
  const root = read.right;
  const [tbs, algorithmNode, signatureNode, certificatesNode] = root.children;
  if (root.tag !== tags.sequence || root.children.length > 4 || tbs === undefined) {
    return refuse('basic response');
  }
  const signatureAlgorithm = algorithmOf(algorithmNode);
  const signature = bitOctetsOf(signatureNode);
  if (signatureAlgorithm === undefined || signature === undefined) return refuse('signature');
  const certificates = certificatesOf(certificatesNode);
  if (E.isLeft(certificates)) return certificates;
  const data = responseDataOf(tbs);
  if (E.isLeft(data)) return data;
  return E.right({
    ...data.right,
    tbs: wholeOf(tbs),
    signatureAlgorithm,
    signature,
    certificates: certificates.right,
  });
};

type ResponseData = Pick<BasicResponse, 'responderId' | 'producedAt' | 'answers' | 'extensions'>;

/** ResponseData. Version 1 is the DEFAULT: DER never writes it, and there is no other. */
const responseDataOf = (node: DerNode): Read<ResponseData> => {
  const [idNode, producedNode, listNode, extensionsNode] = node.children;
  if (node.tag !== tags.sequence || node.children.length > 4) return refuse('response data');
  const responderId = responderIdOf(idNode);
  if (responderId === undefined) return refuse('responder identifier');
  const producedAt = producedNode?.tag === tags.generalizedTime ? timeOf(producedNode) : undefined;
  if (producedAt === undefined) return refuse('time of production');
  if (listNode?.tag !== tags.sequence) return refuse('answers');
  if (listNode.children.length > maxAnswers) {
    return refuse(`${listNode.children.length} answers, at most ${maxAnswers}`);
  }
  const answers = listNode.children.flatMap((child) => singleAnswerOf(child) ?? []);
  if (answers.length !== listNode.children.length) return refuse('answer');
  const extensions = responseExtensionsOf(extensionsNode);
  return E.isLeft(extensions)
    ? extensions
    : E.right({ responderId, producedAt, answers, extensions: extensions.right });
};

const responseExtensionsOf = (node: DerNode | undefined): Read<ReadonlyArray<Extension>> => {
  if (node === undefined) return E.right([]);
  return node.tag === contextTag(1, true) && node.children.length === 1
    ? extensionListOf(node.children[0])
    : refuse('response extensions');
};
