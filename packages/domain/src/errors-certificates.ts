/**
 * Texts for the refusals of `@mandate/certificates`; part of the one table of `errors.ts`.
 *
 * @packageDocumentation
 */
import type { CertificateErrorCode } from '@mandate/certificates';
import type { ErrorEntry } from './errors-entry.js';

const card = (zh: string, en: string): ErrorEntry => ({ zh, en, status: 403, helper: 'issuingCa' });
// The card is good, and there is another one to insert.
const otherCard = (zh: string, en: string): ErrorEntry => ({ zh, en, status: 403, helper: 'none' });
const malformed = (zh: string, en: string): ErrorEntry => ({ zh, en, status: 400, helper: 'none' });
const set = (zh: string, en: string): ErrorEntry => ({ zh, en, status: 500, helper: 'portal' });
// Nothing is known against the card: the portal cannot find out, and nobody is let in meanwhile.
const unknownStatus = (zh: string, en: string): ErrorEntry => ({ zh, en, status: 503, helper: 'portal' });

export const certificateErrors: Readonly<Record<CertificateErrorCode, ErrorEntry>> = {
  CERTIFICATE_TOO_LARGE: malformed('憑證資料過大。', 'The certificate is too large.'),
  CERTIFICATE_MALFORMED: malformed('憑證資料格式不正確。', 'This is not a well-formed certificate.'),
  REQUEST_MALFORMED: malformed('憑證請求檔格式不正確。', 'This is not a well-formed certification request.'),
  SIGNED_DATA_TOO_LARGE: malformed('簽章資料過大。', 'The signed data are too large.'),
  SIGNED_DATA_MALFORMED: malformed('簽章資料格式不正確。', 'These are not well-formed signed data.'),
  ANCHOR_PIN_MISMATCH: set('根憑證設定與指紋不符。', 'A trust anchor does not have its pinned fingerprint.'),
  TRUST_STORE_INVALID: set('信任憑證設定有誤。', 'The trust store is not valid.'),
  SIGNED_DATA_OUTDATED: card(
    '簽章格式過舊,請更新憑證元件後再試。',
    'The signature is of an outdated kind; please update the card software.',
  ),
  SIGNER_COUNT: malformed('簽章必須恰有一位簽署者。', 'There must be exactly one signer.'),
  SIGNER_CERTIFICATE_MISSING: malformed('簽章未附簽署者憑證。', "The signer's certificate is missing."),
  SIGNED_ATTRIBUTES_MISSING: malformed('簽章缺少必要的簽署屬性。', 'Required signed attributes are missing.'),
  CONTENT_TYPE_MISMATCH: malformed('簽章內容類型不符。', 'The signed content type does not match.'),
  CONTENT_MISSING: malformed('簽章未含內容。', 'The signed content is missing.'),
  CONTENT_MISMATCH: card(
    '簽章內容與驗證資料不符,請重新確認憑證。',
    'What was signed is not the challenge; please confirm the card again.',
  ),
  MESSAGE_DIGEST_MISMATCH: card(
    '簽章摘要不符,資料可能遭到竄改。',
    'The digest does not match; the data may have been tampered with.',
  ),
  DIGEST_NOT_ACCEPTED: card(
    '簽章使用的雜湊演算法不被接受,請更新憑證元件。',
    'The digest algorithm is not accepted; please update the card software.',
  ),
  SIGNATURE_ALGORITHM_NOT_ACCEPTED: card('簽章演算法不被接受。', 'The signature algorithm is not accepted.'),
  SIGNATURE_INVALID: card('簽章驗證失敗。', 'The signature is not valid.'),
  SIGNING_CERTIFICATE_MISMATCH: card(
    '簽章所載的簽署憑證與所附憑證不符。',
    'The signature names another signing certificate than the one that came with it.',
  ),
  ISSUER_UNKNOWN: card(
    '憑證並非由本系統接受的憑證管理中心簽發。',
    'The certificate was not issued by a CA that is trusted here.',
  ),
  PATH_BUDGET_EXCEEDED: card('憑證鏈過於複雜,無法驗證。', 'The certification path is too complex to check.'),
  CERTIFICATE_SIGNATURE_INVALID: card(
    '憑證的簽發者簽章不正確。',
    "The issuer's signature on the certificate is not valid.",
  ),
  CERTIFICATE_ALGORITHM_NOT_ACCEPTED: card(
    '憑證使用的演算法不被接受。',
    "The certificate's algorithm is not accepted.",
  ),

  KEY_NOT_ACCEPTED: card(
    '憑證金鑰種類或長度不被接受。',
    "The certificate's key is of a kind or size that is not accepted.",
  ),
  CERTIFICATE_NOT_YET_VALID: card('憑證尚未生效。', 'The certificate is not valid yet.'),
  CERTIFICATE_EXPIRED: card('憑證已逾期。', 'The certificate has expired.'),
  ISSUER_NOT_YET_VALID: card('簽發者憑證尚未生效。', "The issuer's certificate is not valid yet."),
  ISSUER_EXPIRED: card('簽發者憑證已逾期。', "The issuer's certificate has expired."),
  CRITICAL_EXTENSION_UNKNOWN: card(
    '憑證含有無法辨識的重要擴充欄位。',
    'The certificate has an unknown critical extension.',
  ),
  CONSTRAINT_NOT_SUPPORTED: card(
    '憑證含有無法處理的限制條件。',
    'The path has a constraint that cannot be checked.',
  ),
  NAME_NOT_PERMITTED: card(
    '憑證名稱不在其憑證管理中心可簽發的範圍內。',
    'The name on the certificate is outside what its CA may issue.',
  ),
  POLICY_CONSTRAINT_VIOLATED: card(
    '憑證鏈不符合憑證政策的限制。',
    'The path does not keep the policy constraints of its CAs.',
  ),
  EXTENDED_KEY_USAGE_NOT_ACCEPTED: card(
    '憑證的延伸金鑰用途不符。',
    "The certificate's extended key usage is not accepted.",
  ),
  ISSUER_NOT_CA: card('簽發者不是憑證管理中心。', 'The issuer is not a CA.'),
  PATH_LENGTH_EXCEEDED: card('憑證鏈長度超過限制。', 'The path is longer than its constraint allows.'),
  ISSUER_MAY_NOT_SIGN: card('簽發者無簽發憑證的權限。', 'The issuer may not sign certificates.'),
  TIME_INVALID: set('系統時間設定有誤。', 'The time of the check is not valid.'),
  SUBJECT_FACTS_INVALID: card('憑證內容有誤。', 'What the certificate says of its subject is contradictory.'),
  SUBJECT_TYPE_NOT_ACCEPTED: otherCard(
    '憑證種類不符,請插入正確的憑證IC卡。',
    'This is a card of another kind; please insert the right one.',
  ),
  ISSUER_NOT_ACCEPTED: otherCard(
    '此憑證管理中心簽發的憑證不適用於本步驟,請插入正確的憑證IC卡。',
    'Cards of this CA are not used in this step; please insert the right one.',
  ),
  POLICY_NOT_ACCEPTED: card('憑證的保證等級或憑證政策不符。', "The certificate's policy is not accepted."),
  KEY_USAGE_NOT_ACCEPTED: card('憑證用途不符,請使用簽章憑證。', 'This is not a signing certificate.'),
  CERTIFICATE_REVOKED: card('憑證已廢止。', 'The certificate has been revoked.'),
  CERTIFICATE_ON_HOLD: card(
    '憑證已停用,請先辦理復用。',
    'The certificate is suspended; please have it resumed.',
  ),
  ISSUER_REVOKED: card('簽發者憑證已廢止。', "The issuer's certificate has been revoked."),
  REVOCATION_UNKNOWN: unknownStatus(
    '目前無法查詢憑證狀態,請稍後再試。',
    "The certificate's status cannot be checked now; please try later.",
  ),
  CRL_TOO_LARGE: unknownStatus('憑證廢止清冊過大,無法處理。', 'The revocation list is too large.'),
  CRL_MALFORMED: unknownStatus('憑證廢止清冊格式不正確。', 'The revocation list is not well formed.'),
  CRL_ISSUER_MISMATCH: unknownStatus(
    '憑證廢止清冊並非由該憑證管理中心簽發。',
    'The revocation list is that of another CA.',
  ),
  CRL_OUT_OF_SCOPE: unknownStatus(
    '憑證廢止清冊的範圍不包含此憑證。',
    'The revocation list does not speak of this certificate.',
  ),
  CRL_REASONS_INCOMPLETE: unknownStatus(
    '憑證廢止清冊未涵蓋所有廢止原因。',
    'The revocation lists do not cover every reason.',
  ),
  CRL_EXTENSION_UNKNOWN: unknownStatus(
    '憑證廢止清冊含有無法辨識的重要擴充欄位。',
    'The revocation list has an unknown critical extension.',
  ),
  CRL_DELTA_MISMATCH: unknownStatus(
    '差異憑證廢止清冊與完整清冊不符。',
    'The delta does not fit its complete revocation list.',
  ),
  CRL_NOT_YET_VALID: unknownStatus('憑證廢止清冊尚未生效。', 'The revocation list is not valid yet.'),
  CRL_STALE: unknownStatus('憑證廢止清冊已過期。', 'The revocation list is out of date.'),
  CRL_ALGORITHM_NOT_ACCEPTED: unknownStatus(
    '憑證廢止清冊使用的演算法不被接受。',
    "The revocation list's algorithm is not accepted.",
  ),
  CRL_SIGNER_NOT_TRUSTED: unknownStatus(
    '憑證廢止清冊的簽發者不被信任。',
    'Whoever signed the revocation list is not trusted to.',
  ),
  CRL_SIGNATURE_INVALID: unknownStatus(
    '憑證廢止清冊的簽章不正確。',
    "The revocation list's signature is not valid.",
  ),
  OCSP_TOO_LARGE: unknownStatus('憑證狀態回應過大。', 'The answer about the certificate is too large.'),
  OCSP_MALFORMED: unknownStatus(
    '憑證狀態回應格式不正確。',
    'The answer about the certificate is not well formed.',
  ),
  OCSP_NOT_SUCCESSFUL: unknownStatus(
    '憑證狀態查詢服務未能回覆。',
    'The service for certificate status gave no answer.',
  ),
  OCSP_ANSWER_COUNT: unknownStatus(
    '憑證狀態回應必須恰有一筆結果。',
    'The answer must speak of the certificate exactly once.',
  ),
  OCSP_CERTIFICATE_MISMATCH: unknownStatus(
    '憑證狀態回應並非針對此憑證。',
    'The answer is about another certificate.',
  ),
  OCSP_NONCE_MISMATCH: unknownStatus('憑證狀態回應與查詢不符。', 'The answer belongs to another question.'),
  OCSP_NOT_YET_VALID: unknownStatus(
    '憑證狀態回應尚未生效。',
    'The answer about the certificate is not valid yet.',
  ),
  OCSP_STALE: unknownStatus('憑證狀態回應已過期。', 'The answer about the certificate is out of date.'),
  OCSP_EXTENSION_UNKNOWN: unknownStatus(
    '憑證狀態回應含有無法辨識的重要擴充欄位。',
    'The answer has an unknown critical extension.',
  ),
  OCSP_ALGORITHM_NOT_ACCEPTED: unknownStatus(
    '憑證狀態回應使用的演算法不被接受。',
    "The answer's algorithm is not accepted.",
  ),
  OCSP_RESPONDER_NOT_TRUSTED: unknownStatus(
    '憑證狀態查詢服務不被信任。',
    'Whoever answered is not trusted to.',
  ),
  OCSP_SIGNATURE_INVALID: unknownStatus('憑證狀態回應的簽章不正確。', "The answer's signature is not valid."),
  OCSP_STATUS_UNKNOWN: unknownStatus(
    '憑證狀態查詢服務查無此憑證。',
    'The service does not know this certificate.',
  ),
  EVIDENCE_MALFORMED: malformed('佐證資料格式不正確。', 'This is not well-formed evidence.'),
  EVIDENCE_INCOMPLETE: malformed('佐證資料不完整。', 'The evidence lacks something that it needs.'),
};
