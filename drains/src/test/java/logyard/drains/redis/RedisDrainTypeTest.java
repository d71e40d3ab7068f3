package logyard.drains.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import logyard.core.drain.InvalidDrainException;
import logyard.drains.Batches;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisDrainTypeTest {
    @ParameterizedTest
    @CsvSource({
        "redis://h/?key=k, a host and a port",
        "redis://h:0, from 1 to 65535",
        "redis://h:1?limit=0, limit must be a number from 1 to 1000000",
        "redis://h:1?limit=1000001, limit must be a number from 1 to 1000000",
        "redis://h:1?database=-1, database must be a number from 0",
        "redis://h:1?database=one, database must be a number from 0",
        "redis://word@h:1, password behind a colon",
        "redis://user:@h:1, password behind a colon",
        "redis://:secret:..%2fx@h:1, secret must be the name of a file",
        "redis://:secret:.x@h:1, secret must be the name of a file",
        "rediss://h:1?ca=/etc/passwd, ca must be the name of a file",
        "redis://h:1?ca=x, ca is for rediss"
    })
    void refusesWhatCanNeverWork(String uri, String remedy) {
        try (var type = new RedisDrainType()) {
            assertThatThrownBy(() -> type.check(Batches.spec(uri), Batches.allowing()))
                    .isInstanceOf(InvalidDrainException.class)
                    .hasMessageContaining(remedy);
        }
    }

    @Test
    void readsThePackagedDrains() {
        RedisSettings settings =
                RedisSettings.of(Batches.spec("redis://stackato-core:6464/?filter=event&limit=256&key=cloud_events"));

        assertThat(settings.isAtCore()).isTrue();
        assertThat(settings.limit()).isEqualTo(256);
        assertThat(settings.key()).isEqualTo("cloud_events");
        assertThat(settings.database()).isZero();
    }

    @Test
    void neverShowsAPassword() {
        var spec = Batches.spec("redis://user:hidden@h:1");

        assertThat(RedisSettings.of(spec) + " " + spec).doesNotContain("hidden");
    }
}
