"""CloudWatch, Logs and S3 as a client of another make sees them: pages, logs, dashboards, versions.

Arguments: endpoint. Prints a line per subject.
"""
import json
import sys
import time

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

settings = dict(
    endpoint_url=sys.argv[1],
    region_name="eu-central-1",
    aws_access_key_id="444444444444",
    aws_secret_access_key="any",
)
cloudwatch = boto3.client("cloudwatch", **settings)
logs = boto3.client("logs", **settings)
s3 = boto3.client("s3", config=Config(s3={"addressing_style": "path"}), **settings)


def say(*words):
    print(*words, flush=True)


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error.response
        return error.response
    raise AssertionError("not refused: %s" % arguments)


def pages(client, operation, key, **arguments):
    found, count = [], 0
    for page in client.get_paginator(operation).paginate(**arguments):
        found.extend(page.get(key, []))
        count += 1
    return found, count


# Metrics
now = int(time.time())
start = now - now % 60 - 600
cloudwatch.put_metric_data(
    Namespace="app",
    MetricData=[
        {"MetricName": "m", "Value": i, "Unit": "Count", "Timestamp": start + 60 * i} for i in range(5)
    ]
    + [{"MetricName": "x%d" % i, "Value": 1} for i in range(600)],
)
metrics, count = pages(cloudwatch, "list_metrics", "Metrics", Namespace="app")
assert len(metrics) == 601 and count == 2, (len(metrics), count)
query = {
    "Id": "m",
    "MetricStat": {"Metric": {"Namespace": "app", "MetricName": "m"}, "Period": 60, "Stat": "Sum"},
}
values, count = [], 0
for page in cloudwatch.get_paginator("get_metric_data").paginate(
    MetricDataQueries=[query],
    StartTime=start,
    EndTime=start + 600,
    ScanBy="TimestampAscending",
    PaginationConfig={"PageSize": 2},
):
    count += 1
    for result in page["MetricDataResults"]:
        values.extend(result["Values"])
assert values == [0, 1, 2, 3, 4] and count == 3, (values, count)
points = cloudwatch.get_metric_statistics(
    Namespace="app",
    MetricName="m",
    StartTime=start,
    EndTime=start + 600,
    Period=300,
    Statistics=["Sum", "Average"],
)["Datapoints"]
assert sorted(p["Sum"] for p in points) == [10], points
assert points[0]["Unit"] == "Count" and points[0]["Average"] == 2, points
refused(
    "ValidationError",
    cloudwatch.get_metric_data,
    MetricDataQueries=[{"Id": "e", "Expression": "SEARCH('{app} m', 'Sum', 60)"}],
    StartTime=start,
    EndTime=start + 600,
)
for i in range(120):
    cloudwatch.put_metric_alarm(
        AlarmName="a%d" % i,
        Namespace="app",
        MetricName="m",
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=0,
        ComparisonOperator="GreaterThanThreshold",
    )
alarms, count = pages(cloudwatch, "describe_alarms", "MetricAlarms", AlarmNamePrefix="a")
assert len(alarms) == 120 and count == 3, (len(alarms), count)
of_metric = cloudwatch.describe_alarms_for_metric(Namespace="app", MetricName="m", Period=60)
assert len(of_metric["MetricAlarms"]) == 120
say("METRICS", len(metrics))

# Dashboards
body = json.dumps({"widgets": [{"type": "text", "properties": {"markdown": "# Shop"}}]})
assert cloudwatch.put_dashboard(DashboardName="shop", DashboardBody=body)["DashboardValidationMessages"] == []
assert cloudwatch.get_dashboard(DashboardName="shop")["DashboardBody"] == body
broken = refused(
    "InvalidParameterInput", cloudwatch.put_dashboard, DashboardName="shop", DashboardBody='{"widgets":[{}]}'
)
assert broken["dashboardValidationMessages"][0] == {
    "DataPath": "/widgets/0",
    "Message": "Should have required property 'type'",
}, broken
entries, _ = pages(cloudwatch, "list_dashboards", "DashboardEntries")
assert [entry["DashboardName"] for entry in entries] == ["shop"], entries
cloudwatch.delete_dashboards(DashboardNames=["shop"])
refused("ResourceNotFound", cloudwatch.get_dashboard, DashboardName="shop")
say("DASHBOARDS", len(entries))

# Logs
logs.create_log_group(logGroupName="/app", tags={"team": "shop"})
logs.create_log_stream(logGroupName="/app", logStreamName="one")
logs.put_log_events(
    logGroupName="/app",
    logStreamName="one",
    logEvents=[
        {"timestamp": now * 1000 + i, "message": json.dumps({"level": "ERROR" if i % 2 else "INFO", "i": i})}
        for i in range(25)
    ],
)
read, token = [], None
while True:
    more = {"nextToken": token} if token else {"startFromHead": True}
    page = logs.get_log_events(logGroupName="/app", logStreamName="one", limit=10, **more)
    read.extend(page["events"])
    if page["nextForwardToken"] == token:
        break
    token = page["nextForwardToken"]
assert [json.loads(e["message"])["i"] for e in read] == list(range(25)), read
errors, count = pages(
    logs,
    "filter_log_events",
    "events",
    logGroupName="/app",
    filterPattern='{ $.level = "ERROR" && $.i > 10 }',
    PaginationConfig={"PageSize": 4},
)
assert len(errors) == 7 and count == 2, (len(errors), count)
logs.put_retention_policy(logGroupName="/app", retentionInDays=7)
assert logs.describe_log_groups(logGroupNamePrefix="/app")["logGroups"][0]["retentionInDays"] == 7
logs.put_subscription_filter(
    logGroupName="/app",
    filterName="all",
    filterPattern="",
    destinationArn="arn:aws:lambda:eu-central-1:444444444444:function:ship",
)
filters, _ = pages(logs, "describe_subscription_filters", "subscriptionFilters", logGroupName="/app")
assert filters[0]["distribution"] == "ByLogStream", filters
streams, _ = pages(logs, "describe_log_streams", "logStreams", logGroupName="/app")
assert streams[0]["lastEventTimestamp"] == now * 1000 + 24, streams
refused("ResourceAlreadyExistsException", logs.create_log_group, logGroupName="/app")
logs.create_log_stream(logGroupName="/app", logStreamName="two")
logs.delete_log_stream(logGroupName="/app", logStreamName="one")
streams, _ = pages(logs, "describe_log_streams", "logStreams", logGroupName="/app")
assert [stream["logStreamName"] for stream in streams] == ["two"], streams
refused("ResourceNotFoundException", logs.delete_log_stream, logGroupName="/app", logStreamName="one")
refused("ResourceNotFoundException", logs.get_log_events, logGroupName="/none", logStreamName="x")
say("LOGS", len(read))

# S3
s3.create_bucket(Bucket="watch", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
s3.put_bucket_versioning(Bucket="watch", VersioningConfiguration={"Status": "Enabled"})
for i in range(7):
    s3.put_object(Bucket="watch", Key="k %d/ü" % (i % 4), Body=b"v%d" % i)
objects, count = pages(s3, "list_objects_v2", "Contents", Bucket="watch", PaginationConfig={"PageSize": 3})
assert [o["Key"] for o in objects] == ["k %d/ü" % i for i in range(4)] and count == 2, objects
versions, count = pages(s3, "list_object_versions", "Versions", Bucket="watch", PaginationConfig={"PageSize": 2})
assert len(versions) == 7 and count == 4, (len(versions), count)
from boto3.s3.transfer import TransferConfig
from io import BytesIO

big = b"x" * (11 * 1024 * 1024)
s3.upload_fileobj(BytesIO(big), "watch", "big", Config=TransferConfig(multipart_threshold=1, multipart_chunksize=5 << 20))
head = s3.head_object(Bucket="watch", Key="big", ChecksumMode="ENABLED")
assert head["ETag"].endswith('-3"') and head["ChecksumCRC32"].endswith("-3"), head
received = BytesIO()
s3.download_fileobj("watch", "big", received, Config=TransferConfig(multipart_threshold=1, multipart_chunksize=4 << 20))
assert received.getvalue() == big
refused("PreconditionFailed", s3.put_object, Bucket="watch", Key="big", Body=b"", IfNoneMatch="*")
say("OBJECTS", len(versions))

# A bucket of another region: botocore follows the 301 by itself, once per client and kind of call
for call in (
    lambda away: away.get_object(Bucket="watch", Key="k 3/ü")["Body"].read(),
    lambda away: away.head_object(Bucket="watch", Key="k 3/ü"),
    lambda away: away.list_objects_v2(Bucket="watch", Prefix="k")["KeyCount"],
    lambda away: away.put_object(Bucket="watch", Key="from-away", Body=b"1"),
):
    call(boto3.client("s3", **{**settings, "region_name": "us-west-2"}))
assert s3.get_object(Bucket="watch", Key="from-away")["Body"].read() == b"1"
say("REDIRECTED", 4)
