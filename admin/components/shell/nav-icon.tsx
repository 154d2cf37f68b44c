import {
  IconActivity,
  IconAlertTriangle,
  IconApi,
  IconBuildingCommunity,
  IconCalendarTime,
  IconClipboardList,
  IconHeartbeat,
  IconHistory,
  IconLayoutDashboard,
  IconRoute,
  IconSettings,
  IconTicket,
  IconWebhook,
} from '@tabler/icons-react';
import type { NavIcon as Name } from '../../config/nav.ts';

const ICONS = {
  overview: IconLayoutDashboard,
  endpoints: IconWebhook,
  incidents: IconAlertTriangle,
  tickets: IconTicket,
  history: IconHistory,
  maintenance: IconCalendarTime,
  tenants: IconBuildingCommunity,
  settings: IconSettings,
  live: IconActivity,
  heartbeats: IconHeartbeat,
  audit: IconClipboardList,
  reference: IconApi,
  workflows: IconRoute,
} as const satisfies Record<Name, unknown>;

export function NavIcon({ name }: { name: Name }) {
  const Icon = ICONS[name];
  return <Icon size={18} stroke={1.7} aria-hidden="true" />;
}
