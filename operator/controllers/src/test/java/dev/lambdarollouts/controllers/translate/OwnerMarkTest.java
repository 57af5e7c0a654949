package dev.lambdarollouts.controllers.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.port.Owner;
import org.junit.jupiter.api.Test;

class OwnerMarkTest {

  @Test
  void a_mark_stays_the_same_for_ever() {
    // sha256sum of "3f2a/shop/hello": what stands in the aliases of running installations.
    assertThat(OwnerMark.hash(new Owner("3f2a", "shop", "hello"))).isEqualTo("5b8edc5b8d");
  }

  @Test
  void marks_tell_owners_apart() {
    assertThat(OwnerMark.hash(new Owner("a", "b", "c")))
        .isNotEqualTo(OwnerMark.hash(new Owner("a", "b", "d")))
        .isNotEqualTo(OwnerMark.hash(new Owner("a", "x", "c")))
        .isNotEqualTo(OwnerMark.hash(new Owner("x", "b", "c")));
  }
}
