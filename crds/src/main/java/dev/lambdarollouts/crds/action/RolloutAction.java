package dev.lambdarollouts.crds.action;

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

/** One command or approval by a person. */
@Group(LambdaRolloutsApi.GROUP)
@Version(LambdaRolloutsApi.VERSION)
@Plural("rolloutactions")
@ShortNames("lra")
@Categories(LambdaRolloutsApi.CATEGORY)
@JsonClassDescription(
    "One command or approval by a person: promote, approve, abort, retry and so on. Judged once, at"
        + " first sight, and never kept for later; finished ones are deleted after 7 days.")
@AdditionalSelectableField(jsonPath = ".spec.rolloutRef.name")
@AdditionalPrinterColumn(name = "ROLLOUT", jsonPath = ".spec.rolloutRef.name")
@AdditionalPrinterColumn(name = "ACTION", jsonPath = ".spec.action")
@AdditionalPrinterColumn(name = "STAGE", jsonPath = ".spec.stage")
@AdditionalPrinterColumn(name = "RELEASE", jsonPath = ".spec.release")
@AdditionalPrinterColumn(name = "BY", jsonPath = ".spec.requestedBy")
@AdditionalPrinterColumn(name = "PHASE", jsonPath = ".status.phase")
@AdditionalPrinterColumn(
    name = "AGE",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "REASON", jsonPath = ".spec.reason", priority = 1)
@AdditionalPrinterColumn(name = "MESSAGE", jsonPath = ".status.message", priority = 1)
public class RolloutAction extends LambdaRolloutsResource<RolloutActionSpec, RolloutActionStatus> {}
