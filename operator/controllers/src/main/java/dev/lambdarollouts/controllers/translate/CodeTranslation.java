package dev.lambdarollouts.controllers.translate;

import dev.lambdarollouts.controllers.translate.ConfigSource.Lookup;
import dev.lambdarollouts.crds.common.ObjectRef;
import dev.lambdarollouts.crds.function.FunctionCode;
import dev.lambdarollouts.engine.port.FunctionDefinition.Code;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a function's code comes from, placeholders resolved and ConfigMaps read. */
final class CodeTranslation {
  private final Texts texts;
  private final ConfigSource configs;
  private final Findings findings;

  CodeTranslation(Texts texts, ConfigSource configs, Findings findings) {
    this.texts = texts;
    this.configs = configs;
    this.findings = findings;
  }

  /** Absent when it is a finding. */
  @Nullable Code translate(Sourced<FunctionCode> written) {
    FunctionCode code = written.value();
    FieldPath at = written.at();
    if (!isOneSource(written, findings)) {
      return null;
    }
    if (code.s3() != null) {
      return s3(code.s3(), at.at("s3"));
    }
    if (code.image() != null) {
      FieldPath uri = at.at("image.uri");
      return new Code.Image(texts.resolve(code.image().uri(), uri));
    }
    return code.configMap() == null ? null : files(code.configMap(), at.at("configMap"));
  }

  /** False when it is a finding. */
  static boolean isOneSource(Sourced<FunctionCode> written, Findings findings) {
    FunctionCode code = written.value();
    long sources =
        Stream.of(code.s3(), code.image(), code.configMap(), code.published())
            .filter(Objects::nonNull)
            .count();
    if (sources != 1) {
      findings.invalid(
          written.at(),
          "found " + sources + " sources; give exactly one of s3, image, configMap and published");
    }
    return sources == 1;
  }

  private Code s3(FunctionCode.S3 s3, FieldPath at) {
    String bucket = texts.matching(s3.bucket(), at.at("bucket"), AwsLimits.BUCKET, "artifacts");
    String key = texts.resolve(s3.key(), at.at("key"));
    if (key.length() > AwsLimits.S3_KEY_LENGTH) {
      findings.invalid(
          at.at("key"),
          "is " + key.length() + " characters long with its placeholders; S3 takes 1024");
    }
    return new Code.S3(bucket, key, s3.objectVersion());
  }

  private @Nullable Code files(ObjectRef ref, FieldPath at) {
    return switch (configs.configMap(ref.name())) {
      case Lookup.Found(var data) when data.isEmpty() -> {
        findings.invalid(
            at, "ConfigMap " + ref.name() + " is empty: give it a key for each source file");
        yield null;
      }
      case Lookup.Found(var data) -> new Code.Files(data);
      case Lookup.Missing() -> {
        findings.missing(Texts.doesNotExist("ConfigMap", ref.name(), at));
        yield null;
      }
      case Lookup.NotAllowed(String setting) -> {
        findings.invalid(at, texts.notAllowed("ConfigMap", ref.name(), setting));
        yield null;
      }
    };
  }
}
