import { diagnose, linesOf } from './doctor.ts';

const findings = await diagnose();
for (const line of linesOf(findings)) console.log(line);
process.exit(findings.some(({ level }) => level === 'fault') ? 1 : 0);
