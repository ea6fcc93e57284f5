import { suite } from 'uvu';
import { filePlace } from './places.js';
import { conforms } from './suite.js';

const test = suite('read models in a file');

conforms(test, filePlace);

test.run();
