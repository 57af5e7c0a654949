package dev.lambdarollouts.simulator.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lambdarollouts.simulator.TestAws;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;

/** How requests name a function, as recorded from Lambda. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FunctionNamingTest {
  private static final String ARN = "arn:aws:lambda:eu-west-1:111111111111:function:";
  private static final String LONG = "a".repeat(65);
  private static final String TOO_LONG = "a".repeat(129);

  private final TestAws aws = new TestAws();

  @BeforeAll
  void functions() {
    for (String name : new String[] {"hello", "other", "third"}) {
      aws.create(name);
      aws.lambda.publishVersion(request -> request.functionName(name));
      aws.lambda.createAlias(r -> r.functionName(name).name("live").functionVersion("1"));
    }
  }

  @AfterAll
  void stop() {
    aws.close();
  }

  @ParameterizedTest
  @CsvSource({
    "hello, , $LATEST",
    "hello:1, , 1",
    "hello, live, 1",
    "function:hello:live, , 1",
    "111111111111:function:hello, 1, 1",
    "111111111111:function:hello:live, live, 1",
    ARN + "hello, , $LATEST",
    ARN + "hello:live, , 1",
    ARN + "hello:$LATEST, $LATEST, $LATEST",
  })
  void aNameInAnyFormLeadsToTheFunctionAndItsVersion(
      String name, @Nullable String qualifier, String version) {
    FunctionConfiguration found =
        aws.lambda.getFunction(r -> r.functionName(name).qualifier(qualifier)).configuration();

    assertThat(found.functionName()).isEqualTo("hello");
    assertThat(found.version()).isEqualTo(version);
    assertThat(aws.lambda.invoke(r -> r.functionName(name).qualifier(qualifier)).executedVersion())
        .isEqualTo(version);
  }

  @ParameterizedTest
  @CsvSource({
    "function, , ResourceNotFoundException, Function not found: " + ARN + "function",
    "<65>, , ResourceNotFoundException, Function not found: " + ARN + "<65>",
    "hello, <65>, ResourceNotFoundException, Function not found: " + ARN + "hello:<65>",
    "hello, $latest, ResourceNotFoundException, Function not found: " + ARN + "hello:$latest",
    "hello:$LATEST, extra, InvalidParameterValueException, The derived qualifier",
    "hello, <129>, ValidationException, 1 validation error detected: Value '<129>' at 'qualifier'",
    "invalid-account:function:hello, , ValidationException, 1 validation error detected: Value",
    "arn:aws:ec2:eu-west-1:111111111111:instance:i-1, , ValidationException, 1 validation error",
    ARN + "hello:1:2, , ValidationException, 1 validation error detected: Value",
    ARN + "hello:$LATES, , ValidationException, 1 validation error detected: Value",
    "arn:aws:lambda::111111111111:function:hello, , ValidationException, 1 validation error",
    "arn:aws:lambda:invalid-region:111111111111:function:hello, <129>, ValidationException,"
        + " 2 validation errors detected: Value '<129>' at 'qualifier'",
    "arn:aws:lambda:eu-west-2:111111111111:function:hello, , ResourceNotFoundException,"
        + " Functions from 'eu-west-2' are not reachable in this region ('eu-west-1')",
  })
  void aNameThatLeadsNowhereIsRefusedInAwsWords(
      String name, @Nullable String qualifier, String code, String words) {
    AwsServiceException refusal =
        catchThrowableOfType(
            AwsServiceException.class,
            () ->
                aws.lambda.getFunction(
                    r -> r.functionName(filled(name)).qualifier(filled(qualifier))));

    assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
    assertThat(refusal.awsErrorDetails().errorMessage()).startsWith(filled(words));
  }

  @ParameterizedTest
  @CsvSource({
    "hello, live, InvalidParameterValueException, Deletion of aliases is not currently supported.",
    "unknown, live, InvalidParameterValueException, Deletion of aliases is not currently"
        + " supported.",
    "unknown, 1, ResourceNotFoundException, Function not found: " + ARN + "unknown",
    "unknown, $latest, ResourceNotFoundException, Function not found: " + ARN + "unknown",
    "hello, $LATEST, InvalidParameterValueException, $LATEST version cannot be deleted without"
        + " deleting the function.",
    "hello, 1, ResourceConflictException, Unable to delete version because the following aliases"
        + " reference it: [live]",
  })
  void aDeleteIsRefusedInAwsWords(String name, String qualifier, String code, String words) {
    AwsServiceException refusal =
        catchThrowableOfType(
            AwsServiceException.class,
            () -> aws.lambda.deleteFunction(r -> r.functionName(name).qualifier(qualifier)));

    assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
    assertThat(refusal.awsErrorDetails().errorMessage()).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"1", "2"})
  void listsComeInPages(int size) {
    assertThat(aws.lambda.listFunctionsPaginator(r -> r.maxItems(size)).functions())
        .extracting(FunctionConfiguration::functionName)
        .containsExactly("hello", "other", "third");
    assertThat(
            aws.lambda
                .listFunctionsPaginator(r -> r.functionVersion("ALL").maxItems(size))
                .functions())
        .extracting(FunctionConfiguration::version)
        .containsExactly("$LATEST", "1", "$LATEST", "1", "$LATEST", "1");
    assertThat(
            aws.lambda
                .listVersionsByFunctionPaginator(r -> r.functionName("other").maxItems(size))
                .versions())
        .extracting(FunctionConfiguration::version)
        .containsExactly("$LATEST", "1");
    aws.lambda.createAlias(r -> r.functionName("third").name("also" + size).functionVersion("1"));
    assertThat(
            aws.lambda.listAliasesPaginator(r -> r.functionName("third").maxItems(size)).aliases())
        .hasSizeGreaterThan(1)
        .extracting(alias -> alias.name())
        .contains("also" + size, "live")
        .doesNotHaveDuplicates();
  }

  private static @Nullable String filled(@Nullable String text) {
    return text == null ? null : text.replace("<65>", LONG).replace("<129>", TOO_LONG);
  }
}
