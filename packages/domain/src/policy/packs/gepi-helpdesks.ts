/**
 * Whom to ask about what (GEPI-8, 9, 17, 19, 27). Numbers and addresses as the manual prints them.
 *
 * @packageDocumentation
 */
import type { Helpdesk, PortalPolicy } from '../policy.js';

const portal: Helpdesk = {
  id: 'portal',
  ca: null,
  name: {
    zh: '臺灣銀行公教保險部',
    en: 'Bank of Taiwan, insurance of government employees and school staff',
  },
  phone: '(02)27013411',
  url: null,
  applyUrl: null,
  unlockUrl: null,
  routes: [
    {
      section: { zh: '承保第一科', en: 'Underwriting section 1' },
      extension: '5312',
      regions: ['宜蘭', '基隆', '臺北', '桃園', '苗栗', '新竹', '花蓮', '澎湖', '金門', '馬祖'],
    },
    {
      section: { zh: '承保第二科', en: 'Underwriting section 2' },
      extension: '5353',
      regions: ['彰化', '臺中', '南投', '雲林', '嘉義', '臺南', '高雄', '屏東', '臺東'],
    },
  ],
};

/** The manual sends a locked card "to its CA" and names no page there: the CA's own site is the place. */
const desk = (
  ca: NonNullable<Helpdesk['ca']>,
  name: Helpdesk['name'],
  phone: string,
  site: string,
  apply: string,
): Helpdesk => ({
  id: ca.toLowerCase(),
  ca,
  name,
  phone,
  url: site,
  applyUrl: `${site}${apply}`,
  unlockUrl: site,
  routes: [],
});

export const gepiHelpdesks: PortalPolicy['helpdesks'] = [
  portal,
  desk(
    'GCA',
    { zh: '政府憑證管理中心 (GCA)', en: 'Government Certification Authority (GCA)' },
    '02-2192-7111',
    'http://gca.nat.gov.tw',
    '/web2/apply01.html',
  ),
  desk(
    'XCA',
    { zh: '組織及團體憑證管理中心 (XCA)', en: 'Organisation and Group Certification Authority (XCA)' },
    '02-2192-7111',
    'http://xca.nat.gov.tw',
    '/web2/apply01.html',
  ),
  desk(
    'MOEACA',
    { zh: '經濟部工商憑證管理中心 (MOEACA)', en: 'Business Certification Authority (MOEACA)' },
    '412-1166',
    'http://moeaca.nat.gov.tw',
    '/moeacaee.html',
  ),
  desk(
    'HCA',
    { zh: '醫事憑證管理中心 (HCA)', en: 'Healthcare Certification Authority (HCA)' },
    '0800-364-422',
    'http://hca.nat.gov.tw',
    '/CertNote.aspx',
  ),
  desk(
    'MOICA',
    { zh: '內政部憑證管理中心 (MOICA)', en: 'Ministry of the Interior Certification Authority (MOICA)' },
    '0800-080-117',
    'http://moica.nat.gov.tw',
    '/apply.html',
  ),
];
