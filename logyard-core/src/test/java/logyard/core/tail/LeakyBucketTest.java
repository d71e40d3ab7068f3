package logyard.core.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeakyBucketTest {
    private final AtomicLong nanos = new AtomicLong();

    /** The test vector of the original, for a capacity of 60 and a leak of one line a second. */
    @Test
    void asTheOriginals() {
        var bucket = new LeakyBucket(60, 1, nanos::get);

        at(1);
        assertThat(bucket.pour(61)).isFalse();
        assertThat(bucket.pour(10)).isTrue();
        assertThat(bucket.pour(49)).isTrue();
        assertThat(bucket.pour(2)).isFalse();
        at(61);
        assertThat(bucket.pour(60)).isTrue();
        assertThat(bucket.pour(1)).isFalse();
        at(70);
        assertThat(bucket.pour(1)).isTrue();
    }

    @Test
    void whatDoesNotFitIsNotPouredInPart() {
        var bucket = new LeakyBucket(10, 1, nanos::get);

        assertThat(bucket.pour(11)).isFalse();

        assertThat(bucket.pour(10)).isTrue();
    }

    @Test
    void neverLeaksMoreThanItHolds() {
        var bucket = new LeakyBucket(2, 100, nanos::get);
        at(1000);

        assertThat(bucket.pour(2)).isTrue();
        assertThat(bucket.pour(1)).isFalse();
    }

    @Test
    void leaksFractionsOfALine() {
        var bucket = new LeakyBucket(1, 1, nanos::get);
        bucket.pour(1);

        for (int i = 1; i < 10; i++) {
            nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
            assertThat(bucket.pour(1)).isFalse();
        }
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));

        assertThat(bucket.pour(1)).isTrue();
    }

    @Test
    void refusesSizesThatMakeNoSense() {
        assertThatThrownBy(() -> new LeakyBucket(0, 1, nanos::get)).hasMessageContaining("got 0 and 1");
    }

    private void at(long second) {
        nanos.set(TimeUnit.SECONDS.toNanos(second));
    }
}
