package dev.lambdarollouts.app;

import dev.lambdarollouts.aws.InstallationIdentity;
import dev.lambdarollouts.engine.port.AwsPort;

/** Opens the way into AWS once it is known which installation this is. */
@FunctionalInterface
public interface AwsOpening {

  /** The operator closes what this gives. */
  AwsPort open(InstallationIdentity identity);
}
