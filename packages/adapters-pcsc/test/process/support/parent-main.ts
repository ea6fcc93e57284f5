// A program with a host that it never ends: says the child's process number, then does as it is told.
import * as E from 'fp-ts/lib/Either.js';

import { startChild } from './child.js';

const host = startChild();
const pid = await host.ask({ op: 'pid' }, 60_000);
await host.ask({ op: 'print', value: 'a secret' }, 60_000);
console.log(E.isRight(pid) ? pid.right : 'none');
if (process.argv[2] === 'blocked') void host.ask({ op: 'hang' }, 60_000);
