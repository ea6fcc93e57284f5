/**
 * 自然人憑證線上展期: the renewal of citizen certificates (manual 002, MOICA-3…16).
 *
 * @packageDocumentation
 */
import type { RenewalPack, RenewalPackSource } from '../../certificate/renewal/pack.js';
import { moicaTerms } from './moica-terms.js';
import { moicaTexts } from './moica-texts.js';

const source: RenewalPackSource = {
  ca: 'MOICA',
  subjectTypes: ['citizen'],
  name: { zh: 'MOICA自然人憑證線上展期', en: 'MOICA: extending citizen certificates online' },
  terms: moicaTerms,
  helpdesk: {
    id: 'moica',
    ca: 'MOICA',
    name: {
      zh: '內政部憑證管理中心 (MOICA)',
      en: 'Ministry of the Interior Certification Authority (MOICA)',
    },
    phone: '0800-080-117',
    url: 'http://moica.nat.gov.tw',
    applyUrl: 'http://moica.nat.gov.tw/apply.html',
    unlockUrl: 'http://moica.nat.gov.tw',
    routes: [],
  },
  texts: moicaTexts,
};

/** The compiler checks the shape; a test of the pack runs the codec. */
export const moicaRenewal = source as RenewalPack;
