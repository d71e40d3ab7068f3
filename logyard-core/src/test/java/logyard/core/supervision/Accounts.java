package logyard.core.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** What holds of the numbers that are shown of a drain, at any moment. */
public final class Accounts {
    private Accounts() {}

    /** Of a status as it is in the tree: each event that was wanted is somewhere, and each that was dropped has a reason. */
    public static void assertBalanced(JsonNode status) {
        long dropped = status.path("dropped").asLong();
        assertThat(status.path("matched").asLong())
                .as("matched = delivered + pending + dropped in %s", status)
                .isEqualTo(status.path("delivered").asLong()
                        + status.path("pending").asLong()
                        + dropped);
        assertThat(status.path("pending").asLong()).as("pending of %s", status).isNotNegative();
        long reasons = 0;
        for (Map.Entry<String, JsonNode> reason : status.path("drops").properties()) {
            reasons += reason.getValue().path("events").asLong();
            assertThat(reason.getValue().path("since").asLong())
                    .as("since when %s in %s", reason.getKey(), status)
                    .isPositive();
            assertThat(reason.getValue().path("announced").asLong())
                    .as("announced %s in %s", reason.getKey(), status)
                    .isBetween(0L, reason.getValue().path("events").asLong());
        }
        assertThat(reasons)
                .as("dropped is the sum of the reasons in %s", status)
                .isEqualTo(dropped);
    }

    /** Of a status before it is shown. */
    public static DrainStatus balanced(DrainStatus status) {
        assertBalanced(status.toJson());
        return status;
    }
}
