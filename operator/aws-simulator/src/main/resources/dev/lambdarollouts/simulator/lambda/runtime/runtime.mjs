// The Node.js runtime of one execution environment of aws-simulator. Reads one JSON line for the
// start and one for each invocation from standard input. Answers on standard output, between what
// the handler prints: a mark that only this environment has, a letter for the kind of message,
// JSON and a line feed. Ends when standard input ends.
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import util from 'node:util';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const lines = readline.createInterface({ input: process.stdin, crlfDelay: Infinity });
let start;
const waiting = [];
const arrived = [];
lines.on('line', (line) => {
  const request = JSON.parse(line);
  if (waiting.length > 0) waiting.shift()(request);
  else arrived.push(request);
});
lines.on('close', () => {
  // The simulator was killed: nobody else ends this process and its folder.
  if (start) fs.rmSync(path.dirname(start.taskRoot), { recursive: true, force: true });
  process.exit(0);
});
const next = () =>
  arrived.length > 0 ? Promise.resolve(arrived.shift()) : new Promise((resolve) => waiting.push(resolve));

start = await next();
const write = process.stdout.write.bind(process.stdout);
const exit = process.exit.bind(process);
let current = { id: 'undefined' };

const say = (kind, message) => write(start.mark + kind + JSON.stringify(message) + '\n');
const shown = (text) => text.replaceAll(start.taskRoot, '/var/task');

for (const [method, level] of Object.entries({
  debug: 'DEBUG', error: 'ERROR', info: 'INFO', log: 'INFO', trace: 'TRACE', warn: 'WARN',
})) {
  console[method] = (...values) => {
    const timestamp = new Date().toISOString();
    if (start.logFormat === 'JSON') {
      const message = values.length === 1 && typeof values[0] === 'object' ? values[0] : util.format(...values);
      write(JSON.stringify({ timestamp, level, requestId: current.id, message }) + '\n');
    } else {
      write(`${timestamp}\t${current.id}\t${level}\t${util.format(...values)}\n`);
    }
  };
}

class RuntimeError extends Error {
  constructor(name, message, cause) {
    super(message);
    this.name = name;
    if (cause?.stack) this.stack = `${name}: ${cause.stack}`;
  }
}

const errorOf = (thrown) =>
  util.types.isNativeError(thrown)
    ? {
        errorType: thrown.name,
        errorMessage: shown(thrown.message),
        trace: shown(thrown.stack ?? '').split('\n'),
      }
    : { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };

const failed = (what, error) => console.error(what, '\t' + JSON.stringify({
  errorType: error.errorType, errorMessage: error.errorMessage, stack: error.trace,
}));

/** What a file exports, as an ES module or as a CommonJS module, as its name and package say. */
async function exportsOf(file) {
  const esModule = file.endsWith('.mjs') || (file.endsWith('.js') && isModulePackage(path.dirname(file)));
  return esModule ? await import(pathToFileURL(file)) : createRequire(file)(file);
}

function isModulePackage(folder) {
  const description = path.join(folder, 'package.json');
  if (fs.existsSync(description)) return JSON.parse(fs.readFileSync(description, 'utf8')).type === 'module';
  return folder !== start.taskRoot && folder !== path.dirname(folder) && isModulePackage(path.dirname(folder));
}

async function load(name) {
  const base = path.basename(name);
  const dot = base.indexOf('.');
  if (dot <= 0) throw new RuntimeError('Runtime.MalformedHandlerName', 'Bad handler');
  const module = path.join(start.taskRoot, path.dirname(name), base.slice(0, dot));
  const file = ['', '.js', '.mjs', '.cjs'].map((ending) => module + ending)
    .find((one) => fs.existsSync(one) && fs.statSync(one).isFile());
  if (!file) {
    throw new RuntimeError('Runtime.ImportModuleError', `Error: Cannot find module '${base.slice(0, dot)}'`);
  }
  let found;
  try {
    found = await exportsOf(file);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) {
      throw new RuntimeError('Runtime.UserCodeSyntaxError', `SyntaxError: ${thrown.message}`, thrown);
    }
    if (thrown?.code === 'MODULE_NOT_FOUND' || thrown?.code === 'ERR_MODULE_NOT_FOUND') {
      throw new RuntimeError('Runtime.ImportModuleError', `Error: ${thrown.message}`, thrown);
    }
    throw thrown;
  }
  const handler = base.slice(dot + 1).split('.').reduce((owner, key) => owner?.[key], found)
    ?? base.slice(dot + 1).split('.').reduce((owner, key) => owner?.[key], found.default);
  if (!handler) {
    throw new RuntimeError('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  }
  if (typeof handler !== 'function') {
    throw new RuntimeError('Runtime.HandlerNotFound', `${name} is not a function`);
  }
  if (!start.callbacks && handler.length >= 3) {
    throw new RuntimeError('Runtime.CallbackHandlerDeprecated',
      'AWS Lambda has removed support for callback-based function handlers starting with Node.js 24.');
  }
  return handler;
}

function contextOf(request, done) {
  const deadline = performance.now() + request.timeoutSeconds * 1000;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: undefined,
    identity: undefined,
    invokedFunctionArn: request.arn,
    awsRequestId: request.id,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
    ...(start.callbacks
      ? { done, fail: (error) => done(error), succeed: (result) => done(null, result) }
      : {}),
  };
}

/** The handler's result: of its promise or its callback, or null when nothing is left to do. */
function run(handler, request) {
  return new Promise((resolve, reject) => {
    const done = (error, result) => (error === null || error === undefined ? resolve(result) : reject(error));
    const nothingLeft = () => resolve(null);
    const returned = handler(JSON.parse(request.event), contextOf(request, done), done);
    if (typeof returned?.then === 'function') {
      returned.then(resolve, reject);
    } else {
      process.once('beforeExit', nothingLeft);
      process.stdin.unref();
    }
  }).finally(() => {
    process.removeAllListeners('beforeExit');
    process.stdin.ref();
  });
}

for (const [event, type, status] of [
  ['uncaughtException', null, 129],
  ['unhandledRejection', 'Runtime.UnhandledPromiseRejection', 128],
]) {
  process.on(event, (thrown) => {
    const error = errorOf(type ? new RuntimeError(type, String(thrown), thrown) : thrown);
    failed(type ? 'Unhandled Promise Rejection' : 'Uncaught Exception', error);
    say('X', { error });
    exit(status);
  });
}

let handler;
try {
  handler = await load(start.handler);
} catch (thrown) {
  const error = errorOf(thrown);
  failed('Uncaught Exception', error);
  say('I', { error });
  exit(1);
}
say('R', {});
for (;;) {
  const request = await next();
  current = request;
  try {
    const result = await run(handler, request);
    say('D', { result: JSON.stringify(result) ?? 'null' });
  } catch (thrown) {
    const error = errorOf(thrown);
    failed('Invoke Error', error);
    say('E', { error });
  }
}
