/**
 * Tells whether a stored value already is what its codec would make of it.
 *
 * Nearly every event that is read back is in its normal form, with no field too many, so decoding it would copy it and
 * nothing else. A replay asks this first and decodes only the rest: the answer is the same, in less than half the time.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { t } from '../schema.js';

/** True only where `decode` would succeed with an equal value. False says nothing: then decode. */
export type IsExact = (u: unknown) => boolean;

type AnyCodec = t.Mixed;

/**
 * Makes the question for a codec. Codecs of one's own must keep to io-ts's law that what `is` accepts decodes to itself.
 */
export const exactOf = (codec: AnyCodec): IsExact => {
  if (codec instanceof t.ExactType) {
    const fields = fieldsOf(codec);
    return fields === undefined ? never : exactStruct(fields);
  }
  if (codec instanceof t.ReadonlyArrayType || codec instanceof t.ArrayType) {
    const item = exactOf(codec.type);
    return (u) => Array.isArray(u) && u.every(item);
  }
  if (codec instanceof t.RefinementType) {
    const base = exactOf(codec.type);
    const holds: IsExact = codec.predicate;
    return (u) => base(u) && holds(u);
  }
  if (codec instanceof t.UnionType) return exactUnion(codec.types);
  return leaves.some((leaf) => codec instanceof leaf) || !('_tag' in codec) ? codec.is : never;
};

/** Of io-ts's own codecs, those without parts; each other one that is not named here is simply decoded. */
const leaves = [t.StringType, t.NumberType, t.BooleanType, t.NullType, t.LiteralType, t.KeyofType];

const never: IsExact = () => false;

// -------------------------------------------------------------------------------------
// structs
// -------------------------------------------------------------------------------------

type Fields = Readonly<Record<string, AnyCodec>>;

const fieldsOf = (codec: AnyCodec): Fields | undefined =>
  codec instanceof t.ExactType && codec.type instanceof t.InterfaceType ? codec.type.props : undefined;

const exactStruct = (fields: Fields): IsExact => {
  const names = Object.keys(fields);
  const questions = Object.values(fields).map(exactOf);
  return (u) => {
    if (typeof u !== 'object' || u === null || Array.isArray(u)) return false;
    const record = u as Readonly<Record<string, unknown>>;
    if (Object.keys(record).length !== names.length) return false;
    for (let i = 0; i < names.length; i++) {
      const name = names[i];
      if (name === undefined || !Object.hasOwn(record, name) || questions[i]?.(record[name]) !== true) {
        return false;
      }
    }
    return true;
  };
};

// -------------------------------------------------------------------------------------
// unions
// -------------------------------------------------------------------------------------

/** A union decodes with the first member that accepts, so a member counts only where those before it cannot accept. */
const exactUnion = (members: ReadonlyArray<AnyCodec>): IsExact => {
  const questions = members
    .filter((member, index) => members.slice(0, index).every((earlier) => areDisjoint(earlier, member)))
    .map(exactOf);
  return (u) => questions.some((question) => question(u));
};

const areDisjoint = (earlier: AnyCodec, member: AnyCodec): boolean => {
  if (member instanceof t.NullType) return E.isLeft(earlier.decode(null));
  const [a, b] = [fieldsOf(earlier), fieldsOf(member)];
  if (a === undefined || b === undefined) return false;
  return Object.keys(b).some((name) => {
    const [left, right] = [wordsOf(a[name]), wordsOf(b[name])];
    return left !== undefined && right?.every((word) => !left.includes(word)) === true;
  });
};

/** The words that a field may hold, where they are a closed list. */
const wordsOf = (codec: AnyCodec | undefined): ReadonlyArray<unknown> | undefined => {
  if (codec instanceof t.LiteralType) return [codec.value];
  return codec instanceof t.KeyofType ? Object.keys(codec.keys) : undefined;
};
