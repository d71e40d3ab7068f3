package logyard.core.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossNoticeTest {
    @ParameterizedTest
    @CsvSource({
        "'',systail.logyard.10.0.0.5",
        "systail,systail.logyard.10.0.0.5",
        "systail.logyard,systail.logyard.10.0.0.5",
        "systail.dea,systail.dea",
        "systail.dea.,systail.dea.logyard",
        "apptail,apptail.logyard",
        "apptail.f81d,apptail.f81d",
        "'apptail.f81d ',apptail.f81d",
        "'apptail.logyard ',apptail.logyard",
        "event,event.messages_dropped",
    })
    void hasAKeyThatTheDrainWants(String filter, String key) {
        assertThat(LossNotice.key(List.of(filter), "10.0.0.5")).isEqualTo(key);
    }
}
