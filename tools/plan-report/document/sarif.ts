import { createHash } from 'node:crypto';
import { type Report } from '../report';
import { isAccepted, isMinor, isOf, RISK_CODES, type Risk, type RiskCode } from '../risks/risk';
import { gaps, WORDS } from './head-section';

/**
 * A report as code hosts show it beside the code: each risk is at the environment's file, which is where it can be mended or accepted.
 *
 * @param failOn codes that stop a gate: their risks are errors
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarif(report: Report, failOn: readonly RiskCode[]): object {
  const missing = gaps(report);
  const isCut = report.summary.some(({ status }) => status === 'incomplete' || status === 'no plan');
  const rules = RISK_CODES.map((id) => ({ id, shortDescription: { text: WORDS[id][0] } }));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'plan-report', rules } },
        automationDetails: { id: `plan-report/${report.environment}/` },
        invocations: [
          {
            executionSuccessful: !isCut,
            toolExecutionNotifications: missing.map((text) => ({
              level: 'warning',
              message: { text: unlinked(text.replaceAll('**', '')) },
            })),
          },
        ],
        results: report.risks.map((risk) => result(risk, report.environment, failOn)),
      },
    ],
  };
}

function result(risk: Risk, environment: string, failOn: readonly RiskCode[]): object {
  const { code, stack, address, noun, words, values, accepted } = risk;
  const stops = failOn.some((each) => isOf(risk, each));
  const tail = values.length === 0 ? '' : ` ${values.join(', ')}`;
  return {
    ruleId: code,
    ruleIndex: RISK_CODES.indexOf(code),
    level: stops ? 'error' : isMinor(risk) ? 'note' : 'warning',
    message: { text: unlinked(`${stack}: ${noun} ${address} ${words}${tail}`) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: `environments/${environment}.ts` },
          region: { startLine: 1 },
        },
        logicalLocations: [{ fullyQualifiedName: `${stack}/${address}`, kind: 'resource' }],
      },
    ],
    // All are at one line: what tells them apart from run to run is the resource.
    partialFingerprints: {
      primaryLocationLineHash: createHash('sha256')
        .update(JSON.stringify([environment, stack, code, address, words]))
        .digest('hex'),
    },
    ...(isAccepted(risk) && {
      suppressions: [{ kind: 'external', status: 'accepted', justification: accepted?.why }],
    }),
  };
}

/** Brackets before parentheses are a link in SARIF's messages, and what is in a plan makes none. */
function unlinked(text: string): string {
  return text.replaceAll('](', '] (');
}
