import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, closeSync } from 'node:fs';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { alive, checkInterrupted, commandLine, output, sleep, stopTree } from '../kit/process';

export const ACCOUNT = '111122223333';

/** A running emulator, as recorded in its folder. */
export interface Emulator {
  readonly pid: number;
  readonly endpoint: string;
  /** Path of the certificate that clients must trust. */
  readonly certificate: string;
}

const START_MS = 60_000;
const APPLICATION = 'emulator.server:app';

/** How an emulator is started. */
export interface EmulatorSettings {
  /** Interpreter that has the emulator installed. */
  readonly python: string;
  readonly region: string;
  /** Programs of a control plane with their paths. @default - none: clusters have no API server */
  readonly programs?: Readonly<Record<string, string>>;
  /** Seconds from a pod's being scheduled until it is ready. @default 0 */
  readonly podStartSeconds?: number;
  /** Whether a deleted pod serves on as long as its `preStop` sleeps; else it goes at once. @default false */
  readonly podsTakeLeave?: boolean;
  /** Whether calls of AWS are checked against IAM policies. @default false */
  readonly enforceIam?: boolean;
}

/** Credentials of a role in the emulated account. */
export interface Session {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly Token: string;
}

/** Starts the emulated AWS on loopback; it runs on when this process ends. @throws if it doesn't answer in time */
export async function startEmulator(folder: string, settings: EmulatorSettings): Promise<Emulator> {
  try {
    const emulator = await launch(folder, settings);
    await healthy(emulator, folder);
    return emulator;
  } catch (error) {
    await stopEmulator(folder);
    throw error;
  }
}

async function launch(folder: string, settings: EmulatorSettings): Promise<Emulator> {
  const { python, region } = settings;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'tmp'), { recursive: true });
  const key = join(folder, 'key.pem');
  const certificate = join(folder, 'certificate.pem');
  await output(python, [join(__dirname, 'emulator', 'certificates.py'), key, certificate]);
  const port = await freePort();
  const log = openSync(logFile(folder), 'w');
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(AWS_|MINISTACK_|PYTHON|DOCKER_|SANDBOX_)/.test(name),
  );
  // Not its own `main`, which takes port 443 as well wherever it may.
  const child = spawn(
    python,
    [
      '-m',
      'hypercorn',
      APPLICATION,
      '--bind',
      `127.0.0.1:${port}`,
      // One process, which leaves no worker when it is killed.
      '--workers',
      '0',
      '--certfile',
      certificate,
      '--keyfile',
      key,
    ],
    {
      cwd: folder,
      detached: true,
      stdio: ['ignore', log, log],
      env: {
        ...Object.fromEntries(own),
        BIND_HOST: '127.0.0.1',
        GATEWAY_PORT: String(port),
        USE_SSL: '1',
        MINISTACK_SSL_CERT: certificate,
        MINISTACK_SSL_KEY: key,
        MINISTACK_ACCOUNT_ID: ACCOUNT,
        MINISTACK_REGION: region,
        // Listeners that would open on every interface.
        IOT_MTLS_ENABLED: '0',
        SFTP_ENABLED: '0',
        SFTP_HOST: '127.0.0.1',
        // A socket that isn't there: whether the machine has Docker makes no difference.
        DOCKER_HOST: `unix://${join(folder, 'no-docker.sock')}`,
        TMPDIR: join(folder, 'tmp'),
        PYTHONUNBUFFERED: '1',
        PYTHONPATH: __dirname,
        PYTHONDONTWRITEBYTECODE: '1',
        AUTH: settings.enforceIam ? 'true' : 'false',
        SANDBOX_FOLDER: folder,
        SANDBOX_PROGRAMS: JSON.stringify(settings.programs ?? {}),
        SANDBOX_POD_START_SECONDS: String(settings.podStartSeconds ?? 0),
        SANDBOX_PODS_TAKE_LEAVE: settings.podsTakeLeave ? '1' : '0',
      },
    },
  );
  closeSync(log);
  child.on('error', () => undefined);
  child.unref();
  if (child.pid === undefined) throw new Error(`${python} can't be started`);
  const emulator = { pid: child.pid, endpoint: `https://localhost:${port}`, certificate };
  writeFileSync(recordFile(folder), JSON.stringify(emulator));
  return emulator;
}

async function healthy(emulator: Emulator, folder: string): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline) {
    checkInterrupted();
    if (await answers(emulator)) return;
    if (!alive(emulator.pid)) break;
    await sleep(200);
  }
  const tail = readFileSync(logFile(folder), 'utf8').trim().split('\n').slice(-15).join('\n');
  throw new Error(`the emulator doesn't answer at ${emulator.endpoint}:\n${tail}`);
}

/** The emulator of the folder if it runs. The id of one that ended may belong to another process now. */
export function runningEmulator(folder: string): Emulator | undefined {
  if (!existsSync(recordFile(folder))) return undefined;
  let emulator: Emulator;
  try {
    emulator = JSON.parse(readFileSync(recordFile(folder), 'utf8')) as Emulator;
  } catch {
    return undefined;
  }
  const port = new URL(emulator.endpoint).port;
  const line = commandLine(emulator.pid);
  const same = line.includes(APPLICATION) && line.includes(`127.0.0.1:${port}`);
  return alive(emulator.pid) && same ? emulator : undefined;
}

/** Stops the emulator of the folder, if it runs, and removes what it wrote. */
export async function stopEmulator(folder: string): Promise<boolean> {
  const emulator = runningEmulator(folder);
  if (emulator) await stopTree(emulator.pid, 5000);
  rmSync(folder, { recursive: true, force: true });
  return emulator !== undefined;
}

/** Credentials of the administrator, as whom the stacks are applied. */
export function administratorSession(folder: string): Session {
  const sessions = JSON.parse(readFileSync(join(folder, 'sessions.json'), 'utf8')) as Record<string, Session>;
  const session = sessions['sandbox-admin'];
  if (!session) throw new Error(`${folder} holds no session of sandbox-admin`);
  return session;
}

function answers({ endpoint, certificate }: Emulator): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { ca: readFileSync(certificate), timeout: 2000 };
    const asked = request(`${endpoint}/_ministack/health`, options, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.on('timeout', () => asked.destroy(new Error('timeout')));
    asked.on('error', () => {
      resolve(false);
    });
    asked.end();
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no free port'));
        else resolve(address.port);
      });
    });
  });
}

const recordFile = (folder: string) => join(folder, 'emulator.json');
const logFile = (folder: string) => join(folder, 'emulator.log');
