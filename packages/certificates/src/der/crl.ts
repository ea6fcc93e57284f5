/** CertificateList (RFC 5280 5.1): all of it but the entries, which are scanned by themselves. */
import { equalBytes } from '../bytes.js';
import type { Crl } from '../revocation/crl/crl.js';
import { algorithmOf } from './algorithm.js';
import { crlValuesOf } from './crl-extensions.js';
import { extensionListOf } from './extension-list.js';
import { nameOf } from './name.js';
import { E, type Read, refuse } from './read.js';
import { contextTag, type DerHeader, type DerNode, readDer, readHeader, tags, wholeOf } from './reader.js';
import { bitOctetsOf, smallIntegerOf, timeOf } from './values.js';

type Frame = Omit<Crl, 'fingerprint' | 'size' | 'entry' | 'indexBytes'>;

export interface CrlFrame {
  readonly frame: Frame;
  /** Where the entries stand; `extensible` where they may have extensions. */
  readonly entries: { readonly start: number; readonly end: number; readonly extensible: boolean };
}

/** A field beside the entries: a name, the extensions, the signature. */
const fieldLimits = { maxBytes: 16_384, maxDepth: 16, maxNodes: 2_000 };

interface Field {
  readonly header: DerHeader;
  readonly start: number;
}

/** Elements one after another, without a look into them. */
const fieldsFrom = (
  bytes: Uint8Array,
  from: number,
  end: number,
  most: number,
): Read<ReadonlyArray<Field>> => {
  const fields: Field[] = [];
  for (let at = from; at < end; ) {
    const header = readHeader(bytes, at, end);
    if (E.isLeft(header)) return header;
    if (fields.length === most) return refuse(`more than ${most} fields at ${from}`);
    fields.push({ header: header.right, start: at });
    at = header.right.end;
  }
  return E.right(fields);
};

/** The element through the gate. Undefined when it does not pass. */
const nodeOf = (bytes: Uint8Array, field: Field | undefined): DerNode | undefined => {
  if (field === undefined) return undefined;
  const read = readDer(bytes.subarray(field.start, field.header.end), fieldLimits);
  return E.isRight(read) ? read.right : undefined;
};

const isTimeTag = (field: Field | undefined): boolean =>
  field?.header.tag === tags.utcTime || field?.header.tag === tags.generalizedTime;

type Optional = Pick<Frame, 'extensions'> & {
  readonly nextUpdate?: number;
  readonly list: Field | undefined;
};

/** nextUpdate, revokedCertificates and [0] crlExtensions: each may be absent, none may stand elsewhere. */
const optionalFields = (bytes: Uint8Array, rest: ReadonlyArray<Field>, version: 1 | 2): Read<Optional> => {
  const fields = [...rest];
  const nextField = isTimeTag(fields[0]) ? fields.shift() : undefined;
  const list = fields[0]?.header.tag === tags.sequence ? fields.shift() : undefined;
  const extensionsField = fields[0]?.header.tag === contextTag(0, true) ? fields.shift() : undefined;
  if (fields.length > 0) return refuse('field after the entries');
  const nextUpdate = timeOf(nodeOf(bytes, nextField));
  if (nextField !== undefined && nextUpdate === undefined) return refuse('next update');
  const next = nextUpdate === undefined ? {} : { nextUpdate };
  if (extensionsField === undefined) return E.right({ ...next, list, extensions: [] });
  if (version === 1) return refuse('extensions in version 1');
  const node = nodeOf(bytes, extensionsField);
  if (node === undefined || node.children.length !== 1) return refuse('extensions of the list');
  const extensions = extensionListOf(node.children[0]);
  return E.isLeft(extensions) ? extensions : E.right({ ...next, list, extensions: extensions.right });
};

/** Everything of a CRL but its entries, from octets that the caller owns. */
export const crlFrameOf = (bytes: Uint8Array): Read<CrlFrame> => {
  const root = readHeader(bytes, 0, bytes.length);
  if (E.isLeft(root)) return root;
  if (root.right.end !== bytes.length)
    return refuse(`${bytes.length - root.right.end} octets after the structure`);
  const outer = fieldsFrom(bytes, root.right.content, root.right.end, 3);
  if (E.isLeft(outer)) return outer;
  const [tbs, outerAlgorithm, signatureField] = outer.right;
  if (root.right.tag !== tags.sequence || tbs?.header.tag !== tags.sequence) return refuse('not a CRL');
  const outerNode = nodeOf(bytes, outerAlgorithm);
  const signatureAlgorithm = algorithmOf(outerNode);
  const signature = bitOctetsOf(nodeOf(bytes, signatureField));
  if (!outerNode || !signatureAlgorithm || !signature) return refuse('signature');

  const inner = fieldsFrom(bytes, tbs.header.content, tbs.header.end, 7);
  if (E.isLeft(inner)) return inner;
  const fields = [...inner.right];
  const versioned = fields[0]?.header.tag === tags.integer;
  // v1 is the absence of the field; v2 is written as 1.
  if (versioned && smallIntegerOf(nodeOf(bytes, fields.shift())) !== 1) return refuse('version');
  const version = versioned ? 2 : 1;
  const [algorithmField, issuerField, thisField, ...rest] = fields;
  const innerNode = nodeOf(bytes, algorithmField);
  if (innerNode === undefined || !equalBytes(wholeOf(innerNode), wholeOf(outerNode))) {
    return refuse('signature algorithm inside and outside differ');
  }
  const issuer = nameOf(nodeOf(bytes, issuerField));
  if (issuer === undefined || issuer.rdns.length === 0) return refuse('issuer');
  const thisUpdate = isTimeTag(thisField) ? timeOf(nodeOf(bytes, thisField)) : undefined;
  if (thisUpdate === undefined) return refuse('this update');
  const optional = optionalFields(bytes, rest, version);
  if (E.isLeft(optional)) return optional;
  const { list, extensions, ...next } = optional.right;
  const values = crlValuesOf(extensions);
  if (E.isLeft(values)) return values;

  return E.right({
    frame: {
      der: bytes,
      issuer,
      thisUpdate,
      ...next,
      signatureAlgorithm,
      signature,
      tbs: bytes.subarray(tbs.start, tbs.header.end),
      ...values.right,
      extensions,
    },
    entries: {
      start: list?.header.content ?? 0,
      end: list?.header.end ?? 0,
      extensible: version === 2,
    },
  });
};
