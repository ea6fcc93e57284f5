/** A program that reads a card and leaves the reader open. */
import * as E from 'fp-ts/lib/Either.js';

import { pkcs11Reader } from '../../src/index.js';

const [, , label = ''] = process.argv;
const view = await pkcs11Reader({ module: 'softhsm', token: { label } }).read()();
console.log(E.isRight(view) ? `${view.right.certificates.length} certificates` : view.left.code);
// The channel to whoever started this program would keep it alive.
process.disconnect();
