package logyard.drains;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import logyard.core.drain.DrainBatch;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainSpec;
import logyard.core.drain.MessageFormat;
import logyard.core.event.Message;

/** What drains are given in tests. */
final class Batches {
    private Batches() {}

    /** A batch of events with these values, as JSON lines. */
    static DrainBatch of(String... values) {
        var batch = new DrainBatch();
        var message = new Message();
        for (String value : values) {
            byte[] event = ("systail.dea.1 " + value).getBytes(StandardCharsets.UTF_8);
            message.pointAt(event, 0, event.length);
            try {
                batch.add(message, 1, MessageFormat.JSON);
            } catch (MessageFormat.UnformattableException e) {
                throw new AssertionError(e);
            }
        }
        return batch;
    }

    static DrainSpec spec(String uri) {
        return DrainSpec.parse("mine", uri, Map.of());
    }

    static DrainEnvironment allowing(Path... folders) {
        return new DrainEnvironment(List.of(folders), () -> "");
    }
}
