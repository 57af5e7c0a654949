"""The commands of docs/living-beside.md, read from that page, as boto3's calls.

Arguments: endpoint, the page. Prints a line for each command: its name and what came of it.
"""
import json
import re
import shlex
import sys

import boto3
from botocore.exceptions import ClientError

awslambda = boto3.client(
    "lambda",
    endpoint_url=sys.argv[1],
    region_name="eu-central-1",
    aws_access_key_id="444444444444",
    aws_secret_access_key="any",
)


def commands(page):
    """The lines of its shell blocks that begin with `aws lambda`."""
    for block in re.findall(r"```sh\n(.*?)```", open(page, encoding="utf-8").read(), re.S):
        for line in block.splitlines():
            words = shlex.split(line, comments=True)
            if words[:1] == ["aws"]:
                assert words[1] == "lambda", line
                yield words[2], words[3:]


def value(text):
    """The one shorthand of the page: Name={} is a structure with an empty map."""
    name, empty, rest = text.partition("={}")
    return {name: {}} if empty and not rest else text


def call(operation, options):
    assert len(options) % 2 == 0, options
    arguments = {
        "".join(part.capitalize() for part in name[2:].split("-")): value(given)
        for name, given in zip(options[::2], options[1::2])
    }
    try:
        reply = getattr(awslambda, operation.replace("-", "_"))(**arguments)
    except ClientError as refusal:
        return refusal.response["Error"]["Code"]
    reply.pop("ResponseMetadata")
    kept = ("FunctionVersion", "RoutingConfig", "Aliases", "EventSourceMappings", "FunctionArn", "Name")
    return json.dumps(shown(reply, kept), sort_keys=True)


def shown(tree, kept):
    if isinstance(tree, dict):
        return {name: shown(one, kept) for name, one in tree.items() if name in kept}
    return [shown(one, kept) for one in tree] if isinstance(tree, list) else tree


for operation, options in commands(sys.argv[2]):
    print(operation, call(operation, options), flush=True)
