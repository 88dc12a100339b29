import { type Report } from '../report';
import { type Block } from './block';
import { fit } from './budget';
import { costBlocks } from './cost-section';
import { headBlocks } from './head-section';
import { applyBlocks, iamBlocks } from './iam-section';
import { loadBalancerBlocks } from './load-balancer-section';
import { planBlocks } from './plan-section';
import { riskBlocks } from './risk-section';

/** A report as Markdown for a comment on a pull request. */
export function markdown(report: Report, most?: number): string {
  const blocks: Block[] = [
    ...headBlocks(report),
    ...riskBlocks(report.risks),
    ...iamBlocks(report.iam),
    ...applyBlocks(report.applyRoles),
    ...loadBalancerBlocks(report.loadBalancers),
    ...costBlocks(report.cost),
    ...planBlocks(report.stacks),
  ];
  return fit(blocks, most);
}
