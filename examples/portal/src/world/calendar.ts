/**
 * Business days of the demonstration: Monday to Friday. A portal in service has the calendar of its own office.
 *
 * @packageDocumentation
 */
import { weekCalendar } from '@mandate/domain';

export const calendar = weekCalendar();
