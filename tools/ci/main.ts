import { runCommand } from '../kit/command';
import { endOnSignals } from '../kit/process';
import { visibleLines } from '../preview/layout';
import { STEPS } from './steps';

endOnSignals();
runCommand(STEPS, visibleLines);
