import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { acceptTerms, publishTerms } from '../../src/terms/decide.js';
import { given } from '../../src/testing/index.js';
import { hex64, terms } from '../register/fixtures.js';

type State = typeof terms.initial;

const text = (version: number) => ({
  version,
  hash: hex64(version),
  title: '用戶約定條款',
  text: `第${version}版`,
  english: null,
});

const publishing = (version: number) => (state: State) => publishTerms(state, text(version));

const published = given(terms, [])
  .when(publishing(1), { recordedAt: '2026-03-02T01:00:00.000Z' })
  .gives({ type: 'TermsPublished', data: text(1) });
const twice = published
  .when(publishing(2), { recordedAt: '2026-03-02T03:00:00.000Z' })
  .givesTypes('TermsPublished');

const accepting =
  (hash: string, presentedAt: string, acceptedAt = '2026-03-02T04:00:00.000Z') =>
  (state: State) =>
    acceptTerms(state, 'first-registration', { hash, presentedAt }, acceptedAt);

// -------------------------------------------------------------------------------------
const publishes = suite('publishing terms');

publishes('GEPI-15: terms are published in versions, each for ever', () => {
  published.when(publishing(1)).refuses('VERSION_NOT_NEXT');
  published.when(publishing(3)).refuses('VERSION_NOT_NEXT');
  given(terms, []).when(publishing(2)).refuses('VERSION_NOT_NEXT');
  assert.is(twice.state.versions.get(1)?.text, '第1版');
  assert.is(twice.state.current?.hash, hex64(2));
  assert.is(twice.state.current?.publishedAt, '2026-03-02T03:00:00.000Z');
});

publishes.run();

// -------------------------------------------------------------------------------------
const agrees = suite('agreeing to terms');

agrees('GEPI-13: what was shown when, and agreed to when, is recorded with the exact text', () => {
  published.when(accepting(hex64(1), '2026-03-02T02:00:00.000Z')).gives({
    type: 'TermsAccepted',
    data: {
      purpose: 'first-registration',
      version: 1,
      hash: hex64(1),
      presentedAt: '2026-03-02T02:00:00.000Z',
      acceptedAt: '2026-03-02T04:00:00.000Z',
    },
  });
});

agrees('GEPI-14: leaving is refusal: without agreement nothing goes on', () => {
  published
    .when((state) => acceptTerms(state, 'first-registration', undefined, '2026-03-02T04:00:00.000Z'))
    .refuses('TERMS_NOT_ACCEPTED');
});

agrees('GEPI-13: nobody agrees to a page before it was handed out', () => {
  published
    .when(accepting(hex64(1), '2026-03-02T04:00:00.001Z', '2026-03-02T04:00:00.000Z'))
    .refuses('TERMS_NOT_ACCEPTED');
  published
    .when(accepting(hex64(1), '2026-03-02T04:00:00.000Z', '2026-03-02T04:00:00.000Z'))
    .givesTypes('TermsAccepted');
});

agrees('GEPI-12: only the current text counts', () => {
  twice.when(accepting(hex64(1), '2026-03-02T03:30:00.000Z')).refuses('TERMS_OUTDATED');
  twice.when(accepting(hex64(7), '2026-03-02T03:30:00.000Z')).refuses('TERMS_OUTDATED');
  twice.when(accepting(hex64(2), '2026-03-02T03:00:00.000Z')).givesTypes('TermsAccepted');
});

agrees('a page that was handed out before the text was published cannot have shown it', () => {
  twice.when(accepting(hex64(2), '2026-03-02T02:59:59.999Z')).refuses('TERMS_OUTDATED');
});

agrees('without published terms there is nothing to agree to', () => {
  given(terms, [])
    .when(accepting(hex64(1), '2026-03-02T02:00:00.000Z'))
    .refuses('TERMS_MISSING');
});

agrees.run();
