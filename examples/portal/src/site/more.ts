/**
 * What the left column has beyond the pack's menu.
 *
 * @packageDocumentation
 */
import type { PortalPolicy } from '@mandate/domain';
import type { View } from './view.js';
import type { Words } from './words.js';

export const moreMenu = ({ purposes, planner }: PortalPolicy, { say, has }: Words): View['more'] => {
  const delegates = purposes.some(({ commands }) => commands.includes('AuthorizeClerk'));
  const items = [
    ...(planner.length === 0 ? [] : [{ href: '/planner', label: say('planner.menu') }]),
    ...(delegates
      ? [
          { href: '/history', label: say('history.title') },
          { href: '/forecast', label: say('forecast.title') },
          { href: '/unassigned-functions', label: say('unassigned.title') },
        ]
      : []),
    ...(has('environment.title') ? [{ href: '/environment', label: say('environment.title') }] : []),
  ];
  return items.length === 0 ? [] : [{ label: say('more.title'), items }];
};
