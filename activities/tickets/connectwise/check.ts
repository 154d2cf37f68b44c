import { TicketSystemError, type CheckFinding } from '../ticket-system.ts';
import { allOf, nameEquals } from './conditions.ts';
import { findNamed, type CatalogEntry } from './catalog.ts';
import { proveConnection, type Psa } from './psa.ts';
import { readList } from './read-list.ts';

/**
 * What is right and wrong with the connection. Only what stops every ticket is a `fault` (credentials, the right to read
 * tickets); a missing default board, status or company is a `warning`, for endpoints may name others. Throws when nothing
 * could be learned because ConnectWise did not answer.
 */
export async function check(
  psa: Psa,
  closeRefusal: string | null,
  signal: AbortSignal | undefined,
): Promise<CheckFinding[]> {
  const refused = await refusalOf(proveConnection(psa, signal));
  if (refused) return [{ level: 'fault', text: whatIsWrong(refused) }];
  const findings: CheckFinding[] = [
    { level: 'ok', text: `ConnectWise accepts the credentials of ${psa.settings.company}, and tickets can be read.` },
  ];
  const [version, board, company] = await Promise.all([
    versionOf(psa, signal),
    checkBoard(psa),
    checkCompany(psa, signal),
  ]);
  findings.push(...version, ...board, ...company);
  if (closeRefusal !== null) {
    findings.push({
      level: 'warning',
      text: `Closing a ticket was refused; the member needs the "Close Service Tickets" rights (add, edit, inquire). ${closeRefusal}`,
    });
  }
  return findings;
}

async function refusalOf(work: Promise<unknown>): Promise<TicketSystemError | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof TicketSystemError && (error.code === 'connection-refused-us' || error.code === 'invalid'))
      return error;
    throw error;
  }
}

function whatIsWrong(error: TicketSystemError): string {
  switch (error.status) {
    case 401:
      return `ConnectWise refuses the credentials: check CW_COMPANY, CW_PUBLIC_KEY, CW_PRIVATE_KEY and CW_CLIENT_ID. ${error.message}`;
    case 403:
      return `ConnectWise refuses access: the member lacks the right to read service tickets, the CW_CLIENT_ID is not accepted, or this address is blocked. ${error.message}`;
    case 404:
      return `ConnectWise does not know this address or these credentials: check CW_URL, CW_COMPANY, CW_PUBLIC_KEY and CW_PRIVATE_KEY. ${error.message}`;
    default:
      return error.message;
  }
}

async function versionOf(psa: Psa, signal: AbortSignal | undefined): Promise<CheckFinding[]> {
  try {
    const { json } = await psa.client.call({ method: 'GET', path: '/system/info', signal });
    const version = (json as { version?: unknown } | null)?.version;
    return typeof version === 'string' ? [{ level: 'ok', text: `ConnectWise ${version}.` }] : [];
  } catch {
    return [];
  }
}

async function checkBoard(psa: Psa): Promise<CheckFinding[]> {
  const { serviceBoard } = psa.settings;
  const board = await psa.catalog.findBoard(serviceBoard);
  if (board === 'unreadable')
    return [
      warning('Boards cannot be read: the member needs the right to inquire Table Setup. Names are sent unchecked.'),
    ];
  if (board === null)
    return [
      warning(`There is no board named "${serviceBoard}" (CW_SERVICE_BOARD); tickets that name no board are refused.`),
    ];
  const statuses = await psa.catalog.statusesOf(board.id, psa.settings.statusClosed);
  if (statuses === 'unreadable')
    return [
      warning(`The statuses of "${serviceBoard}" cannot be read: the member needs the right to inquire Table Setup.`),
    ];
  return [{ level: 'ok', text: `Board "${board.name}" is there.` }, ...checkStatuses(psa, serviceBoard, statuses)];
}

function checkStatuses(psa: Psa, board: string, statuses: readonly CatalogEntry[]): CheckFinding[] {
  const { statusNew, statusClosed } = psa.settings;
  const closed = findNamed(statuses, statusClosed);
  const findings: CheckFinding[] = [];
  if (!findNamed(statuses, statusNew)) {
    findings.push(warning(`Board "${board}" has no status "${statusNew}" (CW_STATUS_NEW); its own default is used.`));
  }
  if (!statuses.some((status) => status.closedStatus === true)) {
    findings.push(warning(`Board "${board}" has no status that is marked as closed.`));
  } else if (closed === null) {
    findings.push(
      warning(`Board "${board}" has no status "${statusClosed}" (CW_STATUS_CLOSED); another closed one is used.`),
    );
  } else if (closed.closedStatus !== true) {
    findings.push(
      warning(
        `The status "${statusClosed}" (CW_STATUS_CLOSED) of board "${board}" is not marked as closed, so tickets stay open in ConnectWise.`,
      ),
    );
  }
  return findings;
}

async function checkCompany(psa: Psa, signal: AbortSignal | undefined): Promise<CheckFinding[]> {
  const wanted = psa.settings.defaultCompanyId;
  const condition = wanted === null ? null : nameEquals('identifier', wanted);
  if (wanted === null || condition === null) return [];
  let found: unknown[] = [];
  const query = { conditions: allOf('deletedFlag=false', condition), fields: 'id,identifier' };
  const refused = await refusalOf(
    readList(psa.client, { path: '/company/companies', query, pageSize: 5, mostPages: 1, signal }).then(
      (companies) => (found = companies),
    ),
  );
  if (refused)
    return [
      warning(
        `Companies cannot be read: the member needs the right to inquire Company Maintenance. ${refused.message}`,
      ),
    ];
  return found.length > 0
    ? []
    : [warning(`There is no company "${wanted}" (CW_DEFAULT_COMPANY_ID); tickets that name no company are refused.`)];
}

function warning(text: string): CheckFinding {
  return { level: 'warning', text };
}
