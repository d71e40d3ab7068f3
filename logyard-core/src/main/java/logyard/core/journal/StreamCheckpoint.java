package logyard.core.journal;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import logyard.config.DurableFile;
import logyard.config.DurableFile.NewerVersionException;
import logyard.config.fault.DurableStep;
import logyard.core.event.StreamId;
import logyard.core.event.StreamPositions.StreamPosition;

/**
 * Where every stream stood when the journal had reached a position, so that recovery need not read what lies before it.
 * A file in the journal's folder, of which two generations are kept.
 */
record StreamCheckpoint(long position, List<StreamPosition> streams) {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private record Content(int version, long position, List<Stream> streams) {}

    private record Stream(String client, String id, long position) {}

    StreamCheckpoint {
        streams = List.copyOf(streams);
    }

    /** Replaces the one before. */
    void write(Path folder) throws IOException {
        List<Stream> list = streams.stream()
                .map(stream -> new Stream(stream.client(), stream.stream().toString(), stream.position()))
                .toList();
        DurableFile.replaceKeepingPrevious(file(folder), JSON.writeValueAsBytes(new Content(VERSION, position, list)));
        DurableStep.STREAMS_SAVED.done();
    }

    /**
     * The one written last; one of no streams at position 0 if there is none that is undamaged.
     *
     * @throws NewerVersionException if a later Logyard wrote it
     */
    static StreamCheckpoint load(Path folder) {
        return DurableFile.load(file(folder), json -> parse(folder, json))
                .content()
                .orElseGet(() -> new StreamCheckpoint(0, List.of()));
    }

    /** As {@link #load}, but changes nothing, and says how many generations are damaged. */
    static DurableFile.Loaded<StreamCheckpoint> look(Path folder) {
        return DurableFile.look(file(folder), json -> parse(folder, json));
    }

    private static StreamCheckpoint parse(Path folder, byte[] json) throws IOException {
        Content content = JSON.readValue(json, Content.class);
        if (content.version() > VERSION) {
            throw new NewerVersionException(file(folder), content.version(), VERSION);
        }
        List<StreamPosition> streams = content.streams().stream()
                .map(stream -> new StreamPosition(stream.client(), StreamId.parse(stream.id()), stream.position()))
                .toList();
        return new StreamCheckpoint(content.position(), streams);
    }

    static Path file(Path folder) {
        return folder.resolve("streams.json");
    }
}
