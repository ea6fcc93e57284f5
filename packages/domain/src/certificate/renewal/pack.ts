/**
 * What is said and asked while a certificate is extended, as data: another CA's renewal is another pack.
 *
 * @packageDocumentation
 */
import { CaName } from '../../credential/credential.js';
import { Helpdesk, Text } from '../../policy/policy.js';
import { t } from '../../schema.js';

export const RenewalPack = t.strict({
  /** Whose certificates. */
  ca: CaName,
  /** Kinds of subjects whose certificates are extended here, as `SubjectFacts.subjectType`. */
  subjectTypes: t.array(t.string),
  name: Text,
  /** 用戶同意條款 (MOICA-11); `text` is the binding one, and its SHA-256 is what is recorded. */
  terms: t.strict({ version: t.Int, title: Text, text: t.string, english: t.string }),
  helpdesk: Helpdesk,
  /** Texts of screens by key. */
  texts: t.record(t.string, Text),
});
export type RenewalPack = t.TypeOf<typeof RenewalPack>;

/** A pack as it is written, or as it stands in JSON: no brands. */
export type RenewalPackSource = t.OutputOf<typeof RenewalPack>;
