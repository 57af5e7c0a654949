package dev.lambdarollouts.crds.function;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import dev.lambdarollouts.crds.LambdaRolloutsApi;
import dev.lambdarollouts.crds.common.LambdaRolloutsResource;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** What runs: code, runtime, configuration, triggers, alarms. */
@Group(LambdaRolloutsApi.GROUP)
@Version(LambdaRolloutsApi.VERSION)
@Plural("lambdafunctions")
@ShortNames("lfn")
@Categories(LambdaRolloutsApi.CATEGORY)
@JsonClassDescription(
    "What runs: an AWS Lambda function's code, runtime, configuration, triggers and alarms."
        + " Applying a changed one asks for a new release; a LambdaRollout takes it through its"
        + " stages.")
@AdditionalPrinterColumn(name = "RELEASE", jsonPath = ".spec.releaseName")
@AdditionalPrinterColumn(name = "RUNTIME", jsonPath = ".spec.runtime")
@AdditionalPrinterColumn(
    name = "MEMORY",
    jsonPath = ".spec.memorySize",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "READY",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
    name = "PROMOTED",
    jsonPath = ".status.conditions[?(@.type==\"Promoted\")].status")
@AdditionalPrinterColumn(
    name = "AGE",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "ROLE", jsonPath = ".spec.role", priority = 1)
@AdditionalPrinterColumn(
    name = "MESSAGE",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
    priority = 1)
public class LambdaFunction
    extends LambdaRolloutsResource<LambdaFunctionSpec, LambdaFunctionStatus> {}
