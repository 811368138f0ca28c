import { globalBlock } from '../build/global.ts';
import { isGiven, nodeOf } from '../build/read.ts';
import { globalRows } from '../keywords/global-defs.ts';
import { remark } from './remark.ts';
import type { LintSubject } from './subject.ts';

/** Recipients without a server: nothing is ever sent, and nobody is told. */
export function mailWithoutServer({ context }: LintSubject): void {
  const block = globalBlock(context.tree);
  const recipients = nodeOf(block, globalRows.notification_email);
  if (recipients === undefined || recipients.entries.length === 0 || isGiven(block, globalRows.smtp_server))
    return;
  remark(context, recipients.statement, {
    code: 'mail-without-server',
    severity: 'warning',
    message: 'there are recipients for alert mails, but no smtp_server: no mail is sent',
    remedy: 'add smtp_server ADDRESS, or remove notification_email',
  });
}
