package dev.lambdarollouts.aws;

/** The ports into one account and region with one role's rights, over one set of clients. */
record TargetPorts(
    Clients clients,
    AwsCalls calls,
    LambdaFunctions functions,
    LambdaAliases aliases,
    AlarmWatcher alarms)
    implements AutoCloseable {

  @Override
  public void close() {
    alarms.close();
    clients.close();
  }
}
