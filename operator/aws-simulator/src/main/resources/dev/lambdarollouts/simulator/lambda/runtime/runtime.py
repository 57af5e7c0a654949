"""The Python runtime of one execution environment of aws-simulator.

Reads one JSON line for the start and one for each invocation from standard input. Answers on
standard output, between what the handler prints: a mark that only this environment has, a letter
for the kind of message, JSON and a line feed. Ends when standard input ends.
"""

import importlib
import json
import logging
import os
import queue
import shutil
import sys
import threading
import time
import traceback

requests = queue.Queue()
given = os.fdopen(os.dup(0), "r", encoding="utf-8")
os.dup2(os.open(os.devnull, os.O_RDONLY), 0)


def read():
    for line in given:
        requests.put(json.loads(line))
    # The simulator was killed: nobody else ends this process, whatever it does, and its folder.
    if "TASK" in globals():
        shutil.rmtree(os.path.dirname(TASK), ignore_errors=True)
    os._exit(0)


threading.Thread(target=read, daemon=True).start()
start = requests.get()
TASK = start["taskRoot"]
JSON_LOGS = start["logFormat"] == "JSON"
current = {"id": ""}


def say(kind, message):
    sys.stdout.flush()
    sys.stderr.flush()
    line = (start["mark"] + kind + json.dumps(message) + "\n").encode("utf-8")
    while line:
        line = line[os.write(1, line):]


def shown(text):
    return text.replace(TASK, "/var/task")


class Context:
    def __init__(self, request):
        self.aws_request_id = request["id"]
        self.invoked_function_arn = request["arn"]
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.client_context = None
        self.identity = None
        self._deadline = time.monotonic() + request["timeoutSeconds"]

    def get_remaining_time_in_millis(self):
        return max(0, int((self._deadline - time.monotonic()) * 1000))

    def log(self, message):
        sys.stdout.write(str(message))


class LogHandler(logging.Handler):
    def emit(self, record):
        when = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        if JSON_LOGS:
            entry = {"timestamp": when + "Z", "level": record.levelname, "message": record.getMessage(),
                     "logger": record.name, "requestId": current["id"]}
            sys.stdout.write(json.dumps(entry) + "\n")
        else:
            sys.stdout.write("[%s]\t%s.%03dZ\t%s\t%s\n" % (
                record.levelname, when, record.msecs, current["id"], record.getMessage()))


logging.getLogger().addHandler(LogHandler())


def error(kind, message, frames, request_id):
    message = shown(message)
    frames = [shown(frame) for frame in frames]
    text = "[ERROR] %s: %s" % (kind, message)
    if frames:
        text += "\nTraceback (most recent call last):\n" + "".join(frames).replace("  ", "\u00a0\u00a0")
    print(text.rstrip("\n"))
    return {"errorMessage": message, "errorType": kind, "requestId": request_id, "stackTrace": frames}


def frames_of(thrown):
    frames = traceback.extract_tb(thrown.__traceback__)
    while frames and frames[0].filename == __file__:
        frames = frames[1:]
    return traceback.format_list(frames)


def load(name):
    """The handler, or the error that AWS' runtime answers for it."""
    try:
        module_name, function_name = name.rsplit(".", 1)
    except ValueError as thrown:
        return None, error("Runtime.MalformedHandlerName", "Bad handler '%s': %s" % (name, thrown), [], "")
    sys.path.insert(0, TASK)
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as thrown:
        return None, error(
            "Runtime.ImportModuleError", "Unable to import module '%s': %s" % (module_name, thrown), [], "")
    except SyntaxError as thrown:
        frame = '  File "%s" Line %s\n    %s' % (thrown.filename, thrown.lineno, thrown.text)
        return None, error(
            "Runtime.UserCodeSyntaxError", "Syntax error in module '%s': %s" % (module_name, thrown), [frame], "")
    except Exception as thrown:
        return None, error(type(thrown).__name__, str(thrown), frames_of(thrown), "")
    try:
        return getattr(module, function_name), None
    except AttributeError:
        return None, error("Runtime.HandlerNotFound", "Handler '%s' missing on module '%s'" % (
            function_name, module_name), [], "")


def run(handler, request):
    request_id = request["id"]
    try:
        event = json.loads(request["event"])
    except ValueError as thrown:
        return None, error("Runtime.UnmarshalError", "Unable to unmarshal input: %s" % thrown, [], request_id)
    try:
        result = handler(event, Context(request))
    except Exception as thrown:
        return None, error(type(thrown).__name__, str(thrown), frames_of(thrown), request_id)
    try:
        return json.dumps(result), None
    except (TypeError, ValueError) as thrown:
        return None, error("Runtime.MarshalError", "Unable to marshal response: %s" % thrown, [], request_id)


handler, failure = load(start["handler"])
if failure:
    say("I", {"error": failure})
    os._exit(1)
say("R", {})
while True:
    request = requests.get()
    current["id"] = request["id"]
    result, failure = run(handler, request)
    say("E" if failure else "D", {"error": failure} if failure else {"result": result})
