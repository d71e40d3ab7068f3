package logyard.core.supervision;

import java.time.Duration;

/** How long a target is waited for when its drain stops: what it does not confirm by then is sent again after the next start. */
enum StopPatience {
    /** The drain ends alone: it is stopped within a second. What is confirmed is worth more than what is being written. */
    ALONE(Duration.ofMillis(300), Duration.ofMillis(650)),

    /** The core ends with all its drains at once, for which it has 10 s. */
    WITH_THE_CORE(Duration.ofMillis(1500), Duration.ofMillis(2500));

    private final Duration toTake;
    private final Duration toConfirm;

    StopPatience(Duration toTake, Duration toConfirm) {
        this.toTake = toTake;
        this.toConfirm = toConfirm;
    }

    /** For what is being written. */
    Duration toTake() {
        return toTake;
    }

    /** From then on, to confirm all that was written. */
    Duration toConfirm() {
        return toConfirm;
    }
}
