package dev.lambdarollouts.crds.rollout;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import dev.lambdarollouts.crds.LambdaRolloutsApi;
import dev.lambdarollouts.crds.common.LambdaRolloutsResource;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** Takes one function through ordered stages, each with a strategy. */
@Group(LambdaRolloutsApi.GROUP)
@Version(LambdaRolloutsApi.VERSION)
@Plural("lambdarollouts")
@ShortNames("lro")
@Categories(LambdaRolloutsApi.CATEGORY)
@JsonClassDescription(
    "Takes one LambdaFunction through ordered stages, each with a strategy. Git holds what is"
        + " wanted; versions, weights and phases stand in status.")
@AdditionalSelectableField(jsonPath = ".spec.functionRef.name")
@AdditionalPrinterColumn(name = "FUNCTION", jsonPath = ".spec.functionRef.name")
@AdditionalPrinterColumn(name = "STAGE", jsonPath = ".status.stage")
@AdditionalPrinterColumn(name = "PHASE", jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "STEP", jsonPath = ".status.step")
@AdditionalPrinterColumn(name = "WEIGHT", jsonPath = ".status.weight")
@AdditionalPrinterColumn(name = "STABLE", jsonPath = ".status.stableVersion")
@AdditionalPrinterColumn(name = "CANARY", jsonPath = ".status.canaryVersion")
@AdditionalPrinterColumn(
    name = "AGE",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "ALIAS", jsonPath = ".status.alias", priority = 1)
@AdditionalPrinterColumn(name = "REGION", jsonPath = ".status.region", priority = 1)
@AdditionalPrinterColumn(name = "MESSAGE", jsonPath = ".status.message", priority = 1)
public class LambdaRollout extends LambdaRolloutsResource<LambdaRolloutSpec, LambdaRolloutStatus> {}
