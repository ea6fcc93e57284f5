// node tools/setup.mjs: what every other command does first.
import { install } from './lib/install.mjs';

process.exitCode = install() ? 0 : 1;
