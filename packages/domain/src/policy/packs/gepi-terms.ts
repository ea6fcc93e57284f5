/**
 * The terms of use of GEPI, version 1 (GEPI-12, GEPI-15).
 *
 * Restored from the only copy at hand, a damaged scan (page of 2022-11-04). Uncertain readings: 選用 (clause 1),
 * 不實 (clause 2), 善盡 (clauses 3 and 4). A portal in service publishes its own text instead.
 *
 * @packageDocumentation
 */

/** A text of terms, to be published; `text` is the binding one. */
export interface GepiTerms {
  readonly version: number;
  readonly title: string;
  readonly text: string;
  readonly english: string;
}

const text = `本要保單位已閱讀後充分瞭解並同意遵守「公教人員保險網路作業e系統」(以下稱本作業系統)用戶約定條款(以下稱本約定條款):
1.本要保單位應選用本作業系統所需的電腦環境及安全的應用系統,並採取適當的防護控制措施。
2.本要保單位應確保資料之正確性,如因資料有誤、不實導致被保險人等權益受損,應自行解決並承擔責任。
3.本要保單位應以機關憑證及單位授權管理人之自然人憑證完成註冊,進行承辦人權限設定(含授權指派、變更或停止作業),代理本要保單位辦理公教人員保險相關事宜。本要保單位對承辦人之申報作業應善盡管理責任,並監督其使用本作業系統之正確性與安全性。
4.本要保單位應避免將相關憑證交付他人或遭他人冒用、盜用之情事發生,以善盡保管責任。
5.本要保單位同意以本作業系統申報(辦)後產製及傳輸之電子文件作為書面文件之原本或正本,免再送蓋用印信或公保專用章的書面文件。
6.當本作業系統無法運作時,本要保單位仍應依相關規定於期限內辦理申報(辦)作業。
7.雙方對申報(辦)結果產生疑義時,同意承保機關依相關法律規定及程序辦理。
8.本要保單位自本作業系統取得(查詢、列印)之資料,應負保密責任,如有不當使用或侵犯個人隱私,應依個人資料保護法暨其他相關規定負法律責任。
9.本要保單位裁撤後,承保機關有權終止提供本作業系統服務。
10.本約定條款如有未盡事宜,悉依有關法令及承保機關相關作業規定辦理。`;

const english = `This insuring unit has read, fully understands and agrees to keep the terms of use ("these terms") of the Government Employee and School Staff Insurance Online Services ("this system"):
1. The unit shall choose the computer environment that this system needs and secure application software, and take suitable protective measures.
2. The unit shall make sure that its data are correct. If wrong or untrue data harm the rights of insured persons or others, the unit shall settle the matter itself and bear the responsibility.
3. The unit shall register with its agency certificate and the citizen certificate of its manager, and shall set the permissions of its clerks (to assign, to change or to stop them), who act for the unit in matters of the insurance. The unit shall duly manage what its clerks file, and supervise that they use this system correctly and securely.
4. The unit shall not let the certificates be handed to others, nor be misused or stolen by others, and shall duly keep them safe.
5. The unit agrees that electronic documents made and sent after filing through this system count as originals of the written documents; documents bearing the seal or the insurance stamp need not be sent as well.
6. When this system cannot operate, the unit shall still file within the time limits that the rules set.
7. If the parties differ over the result of a filing, they agree that the insurer shall act by the relevant laws and procedures.
8. The unit shall keep confidential the data that it obtains (queries, prints) from this system. For improper use or a breach of privacy it is liable under the Personal Data Protection Act and other relevant rules.
9. After the unit has been abolished, the insurer may end the service of this system.
10. What these terms do not cover is governed by the relevant laws and the insurer's rules of operation.`;

export const gepiTerms: GepiTerms = {
  version: 1,
  title: '公教人員保險網路作業e系統用戶約定條款',
  text,
  english,
};
