import { loadEnvironments } from '../../config';
import { command, runCommand } from '../kit/command';
import { InputError } from '../kit/input-error';
import { AFTER_APPLY, BEFORE_APPLY } from './checks';
import { diagnose, exitCode } from './diagnosis';
import { Look } from './look';
import { doctorPage } from './page';
import { resultText, summaryText } from './report';

/** `npm run doctor` */
const doctor = command(
  {
    name: 'doctor',
    summary:
      'Looks along the way of a request, from the cluster to the answer, and names the first broken link: what is broken, how it\n' +
      'was seen, what usually causes it, and the field or command that mends it. Reads only. Ends with 0 if all holds, 1 if\n' +
      "something is broken, 2 if something couldn't be looked at.",
    target: 'environment',
    targetOptional: true,
    json: true,
    options: {
      page: { description: 'print docs/doctor.md' },
      before: { description: 'look at what has to hold before the first apply' },
      all: { description: 'go on after the first broken link' },
      'connect-to': {
        value: 'NAME:PORT:HOST:PORT',
        multiple: true,
        description:
          "ask HOST:PORT instead of a load balancer's name, as curl does: through a tunnel, or in the sandbox",
      },
    },
  },
  async ({ environment: name, json, options }) => {
    const { before = false, all = false, page = false, 'connect-to': connectTo = [] } = options;
    if (page) {
      process.stdout.write(doctorPage());
      return 0;
    }
    if (name === undefined) throw new InputError('doctor is of nothing: write an environment, such as dev');
    const today = new Date().toISOString().slice(0, 10);
    const [parsed] = await loadEnvironments(name, today);
    if (parsed?.environment.kind !== 'aws')
      throw new InputError(`${name} is no environment on AWS: nothing of it is there to look at`);
    const wrong = connectTo.find((each) => !/^[^:]+:\d+:[^:]+:\d+$/.test(each));
    if (wrong !== undefined)
      throw new InputError(
        `--connect-to ${wrong}: write NAME:PORT:HOST:PORT, such as my.elb.amazonaws.com:80:127.0.0.1:8080`,
      );
    const look = new Look(parsed.environment, today, connectTo);
    // Where AWS doesn't know who asks, each check would say so.
    await look.caller();
    // The slowest are begun at once; who asks for them first is told what they fail with.
    if (!before) for (const slow of [look.wanted(), look.loadBalancers()]) slow.catch(() => undefined);
    const diagnosis = await diagnose(look, before ? BEFORE_APPLY : AFTER_APPLY, {
      // What has to hold before apply doesn't stand one on the other.
      all: all || before,
      done: (result) => {
        if (!json) console.log(resultText(result));
      },
    });
    console.log(json ? JSON.stringify(diagnosis, undefined, 2) : `\n${summaryText(diagnosis)}`);
    return exitCode(diagnosis);
  },
);

runCommand(doctor, undefined, 2);
