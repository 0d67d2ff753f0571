// A program of few words, for the tests of the package's own things; the rules are tested by the vectors.
export const coffee = {
  format: 1,
  id: 'coffee',
  version: '3',
  currency: 'KRW',
  zone: 'Asia/Seoul',
  wallets: [{ id: 'points', expiry: { after: '1 year' } }],
  accruals: [{ id: 'base', award: { percent: '2' } }],
  offers: [{ id: 'save10', code: 'SAVE10', when: { spend: { at_least: '30000' } }, benefit: { percent_off: '10' } }],
};
