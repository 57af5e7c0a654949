"""Makes constraints.json: what AWS Lambda checks of a request before the operation sees it.

Only facts are taken from the service model: names of members and shapes, which are required, and their
lengths, ranges, patterns and sets of values. No documentation, no code.

    pip install botocore -t /tmp/botocore
    PYTHONPATH=/tmp/botocore python3 src/model/lambda_constraints.py \
        > src/main/resources/dev/lambdarollouts/simulator/lambda/constraints.json
"""

import json
import sys

import botocore
import botocore.loaders

# What the simulator has; see Routes.java and InvokeOperation.java.
OPERATIONS = """
CreateFunction GetFunction GetFunctionConfiguration ListFunctions DeleteFunction UpdateFunctionCode
UpdateFunctionConfiguration PublishVersion ListVersionsByFunction CreateAlias ListAliases GetAlias UpdateAlias
DeleteAlias AddPermission GetPolicy RemovePermission TagResource UntagResource ListTags PutFunctionConcurrency
DeleteFunctionConcurrency GetFunctionConcurrency PutProvisionedConcurrencyConfig GetProvisionedConcurrencyConfig
DeleteProvisionedConcurrencyConfig ListProvisionedConcurrencyConfigs PutRuntimeManagementConfig
GetRuntimeManagementConfig CreateFunctionUrlConfig GetFunctionUrlConfig UpdateFunctionUrlConfig
DeleteFunctionUrlConfig ListFunctionUrlConfigs PutFunctionEventInvokeConfig UpdateFunctionEventInvokeConfig
GetFunctionEventInvokeConfig DeleteFunctionEventInvokeConfig ListFunctionEventInvokeConfigs CreateEventSourceMapping
GetEventSourceMapping UpdateEventSourceMapping DeleteEventSourceMapping ListEventSourceMappings
GetFunctionCodeSigningConfig ListDurableExecutionsByFunction Invoke
""".split()

# Where the service answers otherwise than its model says; None takes a constraint away.
OTHERWISE = {
    # Refused as InvalidParameterValueException with a list of its own [recorded].
    "Runtime": {"enum": None},
    # The greater limits of the model are those of managed instances, which are not here.
    "Timeout": {"max": 900},
    "EphemeralStorageSize": {"max": 10240},
    # In the order in which the service lists them [recorded].
    "EventSourcePosition": {"enum": ["LATEST", "AT_TIMESTAMP", "TRIM_HORIZON"]},
}

CONSTRAINTS = ("min", "max", "pattern", "enum")
KINDS = {"integer": "integer", "long": "integer", "double": "double", "float": "double", "string": "text"}


def compact(model, name, made):
    """Puts the shape and what it holds into made; tells whether there is anything to check."""
    if name in made:
        return made[name] is not None
    shape = {**model[name], **OTHERWISE.get(name, {})}
    made[name] = None
    result = {key: shape[key] for key in CONSTRAINTS if shape.get(key) is not None}
    kind = shape["type"]
    if kind == "structure":
        members = {}
        # The service tells of the path's members last [recorded].
        for member, target in sorted(shape["members"].items(), key=lambda entry: entry[1].get("location") == "uri"):
            required = member in shape.get("required", [])
            checked = compact(model, target["shape"], made)
            if required or checked:
                entry = {"shape": target["shape"]} if checked else {}
                if required:
                    entry["required"] = True
                if target.get("locationName", member) != member:
                    entry["from"] = target["locationName"]
                members[member] = entry
        result = {"members": members} if members else {}
    elif kind == "list":
        if compact(model, shape["member"]["shape"], made):
            result["member"] = shape["member"]["shape"]
    elif kind == "map":
        for part in ("key", "value"):
            if compact(model, shape[part]["shape"], made):
                result[part] = shape[part]["shape"]
    elif kind not in KINDS:
        result = {}
    if not result:
        return False
    made[name] = {"kind": KINDS.get(kind, kind), **result}
    if shape.get("sensitive"):
        made[name]["sensitive"] = True
    return True


def main():
    model = botocore.loaders.Loader().load_service_model("lambda", "service-2", "2015-03-31")
    made = {}
    operations = {}
    for operation in sorted(OPERATIONS):
        name = model["operations"][operation]["input"]["shape"]
        if compact(model["shapes"], name, made):
            operations[operation] = name
    shapes = {name: shape for name, shape in sorted(made.items()) if shape is not None}
    print('{"madeBy": "src/model/lambda_constraints.py", "from": "botocore %s, lambda 2015-03-31",' % botocore.__version__)
    for title, facts, end in (("operations", operations, "},"), ("shapes", shapes, "}}")):
        print('"%s": {' % title)
        print(",\n".join("%s: %s" % (json.dumps(name), json.dumps(fact)) for name, fact in facts.items()))
        print(end)


if __name__ == "__main__":
    sys.exit(main())
