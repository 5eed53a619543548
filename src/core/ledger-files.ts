import type { Ledger, LedgerEntry } from './network-ledger';

const COLUMNS = [
  'time',
  'purpose',
  'method',
  'url',
  'answered_by',
  'outcome',
  'sent_bytes',
  'received_bytes',
] as const;

/** The ledger as JSON, times in UTC. */
export function ledgerJson({ entries, totals }: Ledger): string {
  return `${JSON.stringify({ requests: entries.map(row), hosts: totals }, null, 2)}\n`;
}

/** The listed requests as CSV (RFC 4180). No cell is a formula to a spreadsheet. */
export function ledgerCsv({ entries }: Ledger): string {
  const rows = entries.map((entry) => COLUMNS.map((column) => cell(row(entry)[column])).join(','));
  return [COLUMNS.join(','), ...rows, ''].join('\r\n');
}

function row(entry: LedgerEntry): Record<(typeof COLUMNS)[number], string | number | null> {
  return {
    time: new Date(entry.startMs).toISOString(),
    purpose: entry.purpose,
    method: entry.method,
    url: entry.url,
    answered_by: entry.answeredBy,
    outcome: entry.outcome,
    sent_bytes: entry.sentBytes,
    received_bytes: entry.receivedBytes,
  };
}

function cell(value: string | number | null): string {
  const text = String(value ?? '').replace(/^(?=[=+\-@\t\r])/, "'");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
