package io.modelvane.alerting.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.Health;
import io.modelvane.testkit.TestContext;
import org.junit.jupiter.api.Test;

class ConditionsTest {
  private final TestContext context = TestContext.named("alerting").build();
  private final Conditions conditions = new Conditions(context);

  private static Health down(String reason) {
    return new Health(Health.State.DOWN, reason);
  }

  @Test
  void oneEndpointThatFailsIsTheReasonOfTheWhole() {
    conditions.set("endpoint a", down("endpoint a: no such host"));

    assertThat(context.lastHealth()).isEqualTo(down("endpoint a: no such host"));
    assertThat(context.log()).isEmpty(); // whoever shows the whole says it
  }

  @Test
  void severalEndpointsThatFailAreNamedAndEachSaysWhyOnce() {
    conditions.set("history", new Health(Health.State.DEGRADED, "history waits"));
    for (int i = 10; i < 40; i++) {
      conditions.set("endpoint e" + i, down("endpoint e" + i + ": refused " + "x".repeat(200)));
    }
    conditions.set("endpoint e39", down("endpoint e39: refused again"));

    assertThat(context.lastHealth().state()).isEqualTo(Health.State.DOWN);
    assertThat(context.lastHealth().reason())
        .startsWith("history waits; 30 endpoints fail: e10, e11, ")
        .contains("e19 and 20 more; ")
        .doesNotContain("refused")
        .hasSizeLessThan(300);
    assertThat(context.log()).hasSize(29);
    assertThat(context.log().get(28)).contains("endpoint e39: refused x").doesNotContain("e38");
  }

  @Test
  void anEndpointThatWorksAgainSaysSoWhileOthersFail() {
    conditions.set("endpoint a", down("endpoint a: refused"));
    conditions.set("endpoint b", down("endpoint b: refused"));
    conditions.set("endpoint a", Health.UP);

    assertThat(context.log().get(1)).contains("endpoint a works again");
    assertThat(context.lastHealth()).isEqualTo(down("endpoint b: refused"));
    conditions.set("endpoint b", Health.UP);
    assertThat(context.lastHealth()).isEqualTo(Health.UP);
  }
}
