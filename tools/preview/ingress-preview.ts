#!/usr/bin/env node
import { command, runCommand } from '../kit/command';
import { INGRESS_PREVIEW } from './arguments';
import { visibleLines } from './layout';
import { printPreview } from './print';

/** The same of manifests alone, as the package of load-balancers/ brings it. */
runCommand(
  command(INGRESS_PREVIEW, (line) => printPreview({ ...line, environment: undefined }, INGRESS_PREVIEW)),
  visibleLines,
);
