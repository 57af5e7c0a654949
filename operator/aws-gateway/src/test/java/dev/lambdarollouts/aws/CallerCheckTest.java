package dev.lambdarollouts.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.AwsFailure.Kind;
import dev.lambdarollouts.engine.port.AwsPort;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.Urgency;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallerCheckTest {
  private final ManualTime time = new ManualTime();
  private final List<String> made = new ArrayList<>();

  private AwsReply<Boolean> call(AwsCalls calls, Urgency urgency) {
    return call(calls, Api.UPDATE_ALIAS, urgency);
  }

  private AwsReply<Boolean> call(AwsCalls calls, Api api, Urgency urgency) {
    return calls.run(api, urgency, () -> made.add("call"));
  }

  @Test
  void theCallerIsAskedOnceAndKept() {
    FakeSts sts = FakeSts.rightAccount();
    AwsCalls calls = FakeSts.calls(sts, time);

    assertThat(calls.caller())
        .isEqualTo(
            new AwsReply.Done<>(
                new AwsPort.Caller("111122223333", "arn:aws:iam::111122223333:user/u")));
    var _ = call(calls, Urgency.SHIFT);
    var _ = call(calls, Urgency.ROLLBACK);

    assertThat(sts.asked()).isEqualTo(1);
    assertThat(made).hasSize(2);
  }

  @Test
  void credentialsOfAnotherAccountMakeNoCall() {
    AwsCalls calls = FakeSts.calls(new FakeSts("999988887777"), time);

    AwsReply<Boolean> reply = call(calls, Urgency.DRIFT_CHECK);
    AwsReply<Boolean> rollback = call(calls, Urgency.ROLLBACK);

    assertThat(made).isEmpty();
    assertThat(reply)
        .isInstanceOfSatisfying(
            AwsReply.Failed.class,
            failed ->
                assertThat(failed.failure())
                    .satisfies(
                        f -> assertThat(f.kind()).isEqualTo(Kind.DENIED),
                        f -> assertThat(f.message()).contains("999988887777", "111122223333")));
    assertThat(rollback).isEqualTo(reply);
  }

  @Test
  void anErrorIsNotKept() {
    FakeSts sts = FakeSts.rightAccount();
    AwsCalls calls = FakeSts.calls(sts, time);
    sts.down(true);
    assertThat(call(calls, Urgency.SHIFT)).isInstanceOf(AwsReply.Failed.class);
    sts.down(false);

    assertThat(call(calls, Urgency.SHIFT)).isInstanceOf(AwsReply.Done.class);
  }

  @Test
  void aRollbackDoesNotWaitForTheQuestion() {
    FakeSts sts = FakeSts.rightAccount();
    sts.down(true);

    assertThat(call(FakeSts.calls(sts, time), Urgency.ROLLBACK)).isInstanceOf(AwsReply.Done.class);
    assertThat(sts.asked()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"DESCRIBE_ALARMS", "DESCRIBE_ALARM_HISTORY"})
  void anStsThatDoesNotAnswerStopsNoWatchingOfAlarms(Api read) {
    FakeSts sts = FakeSts.rightAccount();
    sts.down(true);
    AwsCalls calls = FakeSts.calls(sts, time);

    assertThat(call(calls, read, Urgency.SHIFT)).isInstanceOf(AwsReply.Done.class);
    assertThat(call(calls, Api.GET_ALIAS, Urgency.SHIFT)).isInstanceOf(AwsReply.Failed.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"DESCRIBE_ALARMS", "DESCRIBE_ALARM_HISTORY"})
  void anotherAccountsAlarmsAreNotRead(Api read) {
    AwsCalls calls = FakeSts.calls(new FakeSts("999988887777"), time);
    var _ = calls.caller();

    assertThat(call(calls, read, Urgency.SHIFT)).isInstanceOf(AwsReply.Failed.class);
    assertThat(made).isEmpty();
  }
}
