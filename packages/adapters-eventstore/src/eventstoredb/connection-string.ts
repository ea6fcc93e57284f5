/**
 * What is checked of a connection string before the client sees it.
 *
 * The client prints the whole string, password and all, when a key is unknown to it; it takes a password with a colon in it
 * for a shorter one; and it has a setting that it ignores. None of this may happen to a register.
 *
 * @packageDocumentation
 */
import { type StoreFault, storeFault } from '@mandate/domain';

const known: ReadonlySet<string> = new Set(
  [
    'userCertFile',
    'userKeyFile',
    'maxDiscoverAttempts',
    'connectionName',
    'defaultDeadline',
    'discoveryInterval',
    'gossipTimeout',
    'nodePreference',
    'tls',
    'tlsCAFile',
    'keepAliveInterval',
    'keepAliveTimeout',
    'throwOnAppendFailure',
  ].map((key) => key.toLowerCase()),
);

const flat = (key: string): string => key.trim().toLowerCase().replace(/[_-]/g, '');

const fault = (detail: string): StoreFault =>
  storeFault('STORE_UNAVAILABLE', `the connection string ${detail}`);

/** Why a connection string is not used, without a word of what stands in it but the names of keys; or `undefined`. */
export const connectionStringFault = (text: string): StoreFault | undefined => {
  const protocol = /^esdb(\+discover)?:\/\//.exec(text.trim());
  if (protocol === null) return fault('does not begin with esdb:// or esdb+discover://');
  const [address = '', query = ''] = text.trim().slice(protocol[0].length).split('?', 2);
  const login = address.includes('@') ? address.slice(0, address.lastIndexOf('@')) : undefined;
  if (login !== undefined && login.split(':').length !== 2) {
    return fault('needs name:password before the @, each percent-encoded');
  }
  for (const pair of query.replace(/\/+$/, '').split('&')) {
    const [key = '', value] = pair.split('=', 2);
    if (query === '') break;
    if (flat(key) === 'tlsverifycert') {
      return fault(
        'has tlsVerifyCert, which the client ignores: certificates are always verified; use tlsCAFile',
      );
    }
    if (!known.has(flat(key)) || value === undefined || value === '') {
      return fault(`has a setting that nobody knows, or without a value: ${key.slice(0, 40)}`);
    }
  }
  return undefined;
};

const gossipSeconds = 2;

/**
 * The string with one round of discovery an attempt, and two seconds for each node, unless it says otherwise: the client would
 * ask all nodes ten times for five seconds each, and could not be stopped. Whoever calls tries again anyway.
 */
export const withOneRound = (text: string): string => {
  const trimmed = text.trim().replace(/\/+$/, '');
  const [, query = ''] = trimmed.split('?', 2);
  const keys = new Set(query.split('&').map((pair) => flat(pair.split('=', 1)[0] ?? '')));
  const more = [
    ['maxDiscoverAttempts', 1],
    ['gossipTimeout', gossipSeconds],
  ].filter(([key]) => !keys.has(flat(String(key))));
  const added = more.map(([key, value]) => `${key}=${value}`).join('&');
  if (added === '') return trimmed;
  return query === '' ? `${trimmed.replace(/\?$/, '')}?${added}` : `${trimmed}&${added}`;
};
