package dev.lambdarollouts.crds.stage;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import dev.lambdarollouts.crds.LambdaRolloutsApi;
import dev.lambdarollouts.crds.common.LambdaRolloutsResource;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** Where a function runs: account, region, alias, overrides, gates. */
@Group(LambdaRolloutsApi.GROUP)
@Version(LambdaRolloutsApi.VERSION)
@Plural("lambdastages")
@ShortNames("lst")
@Categories(LambdaRolloutsApi.CATEGORY)
@JsonClassDescription(
    "Where functions run: an AWS account and region, the alias that takes the traffic, what differs"
        + " from the function's own configuration, and what guards the stage. Usually one each for"
        + " dev, sit and prod.")
@AdditionalPrinterColumn(name = "REGION", jsonPath = ".spec.region")
@AdditionalPrinterColumn(name = "ACCOUNT", jsonPath = ".status.accountId")
@AdditionalPrinterColumn(name = "ALIAS", jsonPath = ".spec.alias")
@AdditionalPrinterColumn(
    name = "WINDOW",
    jsonPath = ".status.window.open",
    type = AdditionalPrinterColumn.Type.BOOLEAN)
@AdditionalPrinterColumn(
    name = "ACTIVE",
    jsonPath = ".status.activeRollouts",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "SUSPENDED",
    jsonPath = ".spec.suspended",
    type = AdditionalPrinterColumn.Type.BOOLEAN)
@AdditionalPrinterColumn(
    name = "READY",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
    name = "AGE",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "CALLER", jsonPath = ".status.callerArn", priority = 1)
@AdditionalPrinterColumn(
    name = "MESSAGE",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
    priority = 1)
public class LambdaStage extends LambdaRolloutsResource<LambdaStageSpec, LambdaStageStatus> {}
