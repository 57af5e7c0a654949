package dev.lambdarollouts.engine.fact;

import dev.lambdarollouts.engine.progress.Progress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which versions are kept, and which there are.
 *
 * @param retention the user's word; absent while the spec cannot be read
 * @param beside the stages that share the function by aliases of their own
 * @param versions all published versions; asked for only when one may have to go
 */
public record Revisions(@Nullable Retention retention, Beside beside, Versions versions) {
  /** The API's defaults, and nothing was asked for. */
  public static final Revisions DEFAULT =
      new Revisions(new Retention(10, 0), Beside.NOBODY, new Versions.NotRead());

  /**
   * How much is kept.
   *
   * @param historyLimit {@code revisionHistoryLimit}
   * @param window {@code rollbackWindow.revisions}; 0 where there is none
   */
  public record Retention(int historyLimit, int window) {}

  /**
   * Other stages of the same function.
   *
   * @param stages what is recorded of them
   * @param allKnown false where one of them cannot be read
   */
  public record Beside(List<Progress> stages, boolean allKnown) {
    /** The stage has the function for itself. */
    public static final Beside NOBODY = new Beside(List.of(), true);

    public Beside {
      stages = List.copyOf(stages);
    }
  }

  /** The versions in AWS. */
  public sealed interface Versions {
    /** Not asked for, or not answered. */
    record NotRead() implements Versions {}

    /** All of them, whole. */
    record Listed(List<ListedVersion> all) implements Versions {
      public Listed {
        all = List.copyOf(all);
      }
    }
  }

  /** The same with what AWS told. */
  public Revisions with(Versions told) {
    return new Revisions(retention, beside, told);
  }

  /** How many promoted releases back the short way goes; 0 where there is none. */
  public int window() {
    return retention == null ? 0 : retention.window();
  }
}
