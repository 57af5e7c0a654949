"""A whole canary by hand, with boto3: a bad release is rolled back on its alarm, a good one promoted.

Arguments: endpoint, zip of the good release, zip of the bad one. Prints a line per step.
"""
import base64
import json
import sys
import time

import boto3
from botocore.exceptions import ClientError

endpoint, good, bad = sys.argv[1], sys.argv[2], sys.argv[3]
settings = dict(
    endpoint_url=endpoint,
    region_name="eu-central-1",
    aws_access_key_id="444444444444",
    aws_secret_access_key="any",
)
awslambda = boto3.client("lambda", **settings)
cloudwatch = boto3.client("cloudwatch", **settings)
logs = boto3.client("logs", **settings)
s3 = boto3.client("s3", **settings)
sts = boto3.client("sts", **settings)
quick = {"Delay": 1, "MaxAttempts": 60}


def say(*words):
    print(*words, flush=True)


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error.response
        return error.response["Error"]["Message"]
    raise AssertionError("not refused: %s" % arguments)


def until(condition, what):
    for _ in range(300):
        value = condition()
        if value:
            return value
        time.sleep(0.2)
    raise AssertionError("never happened: " + what)


def logs_of(function):
    try:
        return logs.filter_log_events(logGroupName="/aws/lambda/" + function)["events"]
    except logs.exceptions.ResourceNotFoundException:
        return []


def release(key):
    before = awslambda.get_function(FunctionName="shop")["Configuration"]
    awslambda.update_function_code(
        FunctionName="shop", S3Bucket="code", S3Key=key, RevisionId=before["RevisionId"]
    )
    awslambda.get_waiter("function_updated_v2").wait(FunctionName="shop", WaiterConfig=quick)
    settled = awslambda.get_function(FunctionName="shop")["Configuration"]
    version = awslambda.publish_version(
        FunctionName="shop", CodeSha256=settled["CodeSha256"], RevisionId=settled["RevisionId"]
    )["Version"]
    again = awslambda.publish_version(FunctionName="shop")["Version"]
    assert again == version, (again, version)
    return version


def shift(revision, version, weights):
    reply = awslambda.update_alias(
        FunctionName="shop",
        Name="live",
        FunctionVersion=version,
        RoutingConfig={"AdditionalVersionWeights": weights},
        RevisionId=revision,
    )
    assert reply.get("RoutingConfig", {}).get("AdditionalVersionWeights", {}) == weights, reply
    return reply["RevisionId"]


def alarm(name, version):
    cloudwatch.put_metric_alarm(
        AlarmName=name,
        Namespace="AWS/Lambda",
        MetricName="Errors",
        Dimensions=[
            {"Name": "FunctionName", "Value": "shop"},
            {"Name": "Resource", "Value": "shop:live"},
            {"Name": "ExecutedVersion", "Value": version},
        ],
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=0,
        ComparisonOperator="GreaterThanThreshold",
        TreatMissingData="notBreaching",
    )


def state(name):
    return cloudwatch.describe_alarms(AlarmNames=[name])["MetricAlarms"][0]["StateValue"]


assert sts.get_caller_identity()["Account"] == "444444444444"
s3.create_bucket(Bucket="code", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
s3.upload_file(good, "code", "good.zip")
s3.put_object(Bucket="code", Key="bad.zip", Body=open(bad, "rb").read())
s3.put_object(Bucket="code", Key="better.zip", Body=open(good, "rb").read())

awslambda.create_function(
    FunctionName="shop",
    Runtime="java25",
    Handler="app.Handler",
    Role="arn:aws:iam::444444444444:role/shop",
    Code={"S3Bucket": "code", "S3Key": "good.zip"},
    Environment={"Variables": {"GREETING": "hello"}},
    Timeout=10,
)
awslambda.get_waiter("function_active_v2").wait(FunctionName="shop", WaiterConfig=quick)
stable = awslambda.publish_version(FunctionName="shop")["Version"]
revision = awslambda.create_alias(FunctionName="shop", Name="live", FunctionVersion=stable)["RevisionId"]
reply = awslambda.invoke(FunctionName="shop:live", Payload=b'"Ada"', LogType="Tail")
assert reply["ExecutedVersion"] == stable, reply
assert json.loads(reply["Payload"].read()) == "hello Ada"
assert "Version: " + stable in base64.b64decode(reply["LogResult"]).decode()
logged = until(
    lambda: [
        event
        for event in logs_of("shop")
        if event["message"].startswith("REPORT RequestId: " + reply["ResponseMetadata"]["RequestId"])
    ],
    "the log of the first invocation",
)
assert "[" + stable + "]" in logged[0]["logStreamName"], logged
say("CREATED", stable)
sys.stdin.readline()  # the test starts traffic

canary = release("bad.zip")
alarm("canary", canary)
revision = shift(revision, stable, {canary: 0.1})
message = refused(
    "PreconditionFailedException",
    awslambda.update_alias,
    FunctionName="shop",
    Name="live",
    FunctionVersion=canary,
    RevisionId="stale",
)
refused("ResourceConflictException", awslambda.delete_function, FunctionName="shop", Qualifier=canary)
until(lambda: state("canary") == "ALARM", "the alarm on the bad release")
history = cloudwatch.describe_alarm_history(AlarmName="canary", HistoryItemType="StateUpdate")
assert history["AlarmHistoryItems"][0]["HistorySummary"].endswith("to ALARM"), history
revision = shift(revision, stable, {})
failures = logs.filter_log_events(
    logGroupName="/aws/lambda/shop", filterPattern='"bad release"', limit=1
)["events"]
assert "[" + canary + "]" in failures[0]["logStreamName"], failures
say("ROLLED-BACK", canary)

awslambda.update_function_configuration(FunctionName="shop", Description="better")
awslambda.get_waiter("function_updated_v2").wait(FunctionName="shop", WaiterConfig=quick)
canary = release("better.zip")
alarm("canary", canary)
for weight in (0.1, 0.5):
    revision = shift(revision, stable, {canary: weight})
    until(lambda: state("canary") == "OK", "the alarm's OK at %s" % weight)
revision = shift(revision, canary, {})
until(
    lambda: awslambda.invoke(FunctionName="shop:live", Payload=b'"Bo"')["ExecutedVersion"] == canary,
    "invocations by the promoted version",
)
awslambda.delete_function(FunctionName="shop", Qualifier=stable)
versions = [v["Version"] for v in awslambda.list_versions_by_function(FunctionName="shop")["Versions"]]
assert stable not in versions, versions
say("PROMOTED", canary)
