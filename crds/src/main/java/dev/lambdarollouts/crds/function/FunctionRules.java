package dev.lambdarollouts.crds.function;

/** CEL rules that hold for a function and for what a stage overrides. */
final class FunctionRules {
  /**
   * Every configuration field but tags: what a version that somebody else publishes has already.
   */
  private static final String CONFIGURED =
      "[has(self.runtime), has(self.handler), has(self.role), has(self.architectures),"
          + " has(self.memorySize), has(self.timeout), has(self.ephemeralStorageSize),"
          + " has(self.environment), has(self.environmentFrom), has(self.layers),"
          + " has(self.vpcConfig), has(self.deadLetterConfig), has(self.tracingConfig),"
          + " has(self.snapStart), has(self.loggingConfig), has(self.kmsKeyArn),"
          + " has(self.fileSystemConfigs), has(self.imageConfig),"
          + " has(self.runtimeManagementConfig)].exists(x, x)";

  static final String PUBLISHED_ALONE =
      "!has(self.code) || !has(self.code.published) || !" + CONFIGURED;

  static final String PUBLISHED_ALONE_MESSAGE =
      "code.published configures nothing: remove runtime, handler, role, memorySize and the other"
          + " configuration fields, whoever publishes the version sets them";

  static final String IMAGE_CONFIGURES_ITSELF =
      "!has(self.code) || !has(self.code.image) || ![has(self.runtime), has(self.handler),"
          + " has(self.layers)].exists(x, x)";

  static final String IMAGE_CONFIGURES_ITSELF_MESSAGE =
      "an image brings its own runtime: remove runtime, handler and layers, or use imageConfig";

  static final String IMAGE_CONFIG_NEEDS_IMAGE =
      "!has(self.imageConfig) || !has(self.code) || has(self.code.image)";

  static final String IMAGE_CONFIG_NEEDS_IMAGE_MESSAGE =
      "imageConfig is for images: remove it, or give code.image";

  static final String ENVIRONMENT_NAMES =
      "!has(self.environment) || self.environment.all(k, k.matches('^[a-zA-Z][a-zA-Z0-9_]+$'))";

  static final String ENVIRONMENT_NAMES_MESSAGE =
      "names of environment variables start with a letter and hold at least two letters, digits or"
          + " _: rename it";

  static final String TAG_NAMES = "!has(self.tags) || self.tags.all(k, !k.startsWith('aws:'))";

  static final String TAG_NAMES_MESSAGE = "tags that start with aws: are AWS's own: rename it";

  private FunctionRules() {}
}
