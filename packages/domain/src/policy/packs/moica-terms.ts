/**
 * 用戶同意條款內容 of the renewal programme, version 1 (MOICA-11). The binding text is the manual's.
 *
 * Two clauses bear on a register: acceptance means that the content was confirmed (3), and whoever loses a key answers for all
 * uses before the change (5), so that authority is judged at the time of use.
 *
 * @packageDocumentation
 */
import type { RenewalPackSource } from '../../certificate/renewal/pack.js';

const text = `內政部憑證管理中心(以下簡稱本管理中心)之用戶,係指記載於本管理中心所簽發憑證的憑證主體名稱(Certificate Subject Name)的個體,以本管理中心負責簽發憑證而言,用戶就是自然人。
用戶之義務
(1)應遵守本管理中心憑證實務作業基準(以下簡稱本作業基準)之相關規定,並確認所提供申請資料之正確性。
(2)在本管理中心核定憑證申請並簽發憑證後,用戶應依照本作業基準4.3節規定接受憑證。
(3)用戶在接受本管理中心所簽發之憑證後,即表示已確認憑證內容資訊之正確性,並依照本作業基準1.3.7節規定使用憑證,如憑證內容資訊有誤,用戶應主動通知本管理中心。
(4)應妥善保管及使用私密金鑰。
(5)如須暫停使用、恢復使用、廢止或重發憑證,應依照本作業基準第四章規定辦理,如發生私密金鑰資料外洩或遺失等情形,必須廢止憑證時,應立即通知本管理中心,但用戶仍應承擔異動前所有使用該憑證之法律責任。
(6)應慎選安全的電腦環境及可信賴的應用系統,如因電腦環境或應用系統本身因素導致信賴憑證者權益受損時,應自行承擔責任。
(7)本管理中心所簽發之伺服器應用軟體憑證,以標的物為憑證主體,並以該標的物之所有人或經授權之使用人為用戶。如標的物之財產所有權或使用權發生移轉時,用戶應廢止原憑證並重新申請憑證。
(8)本管理中心如因故無法正常運作時,用戶應儘速尋求其他途徑完成與他人應為之法律行為,不得以本管理中心無法正常運作,作為抗辯他人之事由。`;

const english = `A subscriber of the Certification Authority of the Ministry of the Interior ("this CA") is whoever is named as the subject of a certificate that this CA has issued; of the certificates that it is responsible for, subscribers are natural persons.
Duties of a subscriber
(1) To keep the rules of this CA's certification practice statement ("the statement"), and to see that the data given in an application are correct.
(2) Once this CA has approved an application and issued the certificate, to accept it by section 4.3 of the statement.
(3) Accepting a certificate of this CA means that its content was found to be correct; it is used by section 1.3.7 of the statement. Of anything wrong in it the subscriber tells this CA unasked.
(4) To keep and use the private key with due care.
(5) To suspend, resume, revoke or reissue a certificate by chapter 4 of the statement. If the private key leaks or is lost and the certificate must be revoked, this CA is told at once; the subscriber is still liable for every use of the certificate before the change.
(6) To choose a secure computer and applications that can be trusted, and to answer for harm that relying parties suffer through either.
(7) For certificates of server software the subject is the software, and the subscriber its owner or whoever may use it. When ownership or use passes to another, the certificate is revoked and applied for anew.
(8) When this CA cannot operate, to seek another way soon to do what the law asks of the subscriber towards others; that this CA did not operate is no defence.`;

export const moicaTerms: RenewalPackSource['terms'] = {
  version: 1,
  title: { zh: '用戶同意條款內容', en: 'Terms for subscribers' },
  text,
  english,
};
