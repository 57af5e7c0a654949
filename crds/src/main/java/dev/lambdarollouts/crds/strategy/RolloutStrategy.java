package dev.lambdarollouts.crds.strategy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import dev.lambdarollouts.crds.LambdaRolloutsApi;
import dev.lambdarollouts.crds.common.LambdaRolloutsResource;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** How traffic moves; used by name from the stages of rollouts. */
@Group(LambdaRolloutsApi.GROUP)
@Version(LambdaRolloutsApi.VERSION)
@Plural("rolloutstrategies")
@ShortNames("lrs")
@Categories(LambdaRolloutsApi.CATEGORY)
@JsonClassDescription(
    "How traffic moves from the stable version to the candidate: steps, alarms, analysis, hooks,"
        + " deadlines. An edit applies from the next attempt.")
@AdditionalPrinterColumn(name = "PRESET", jsonPath = ".spec.preset")
@AdditionalPrinterColumn(name = "BAKE", jsonPath = ".spec.bakeTime")
@AdditionalPrinterColumn(name = "DEADLINE", jsonPath = ".spec.progressDeadline")
@AdditionalPrinterColumn(
    name = "READY",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
    name = "AGE",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
    name = "MESSAGE",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
    priority = 1)
public class RolloutStrategy
    extends LambdaRolloutsResource<RolloutStrategySpec, RolloutStrategyStatus> {}
