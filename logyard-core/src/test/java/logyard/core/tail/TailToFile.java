package logyard.core.tail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A process that copies the lines of a log to a file, and acknowledges what is in that file: {@code TailToFile <state>
 * <log> <output>}.
 */
final class TailToFile implements LineHandler {
    private final FileChannel output;
    private final ByteBuffer batch = ByteBuffer.allocate(1 << 20);
    private volatile FileTailer tailer;
    private long end;

    private TailToFile(FileChannel output) {
        this.output = output;
    }

    public static void main(String[] args) throws Exception {
        cutTornLine(Path.of(args[2]));
        FileChannel output = FileChannel.open(Path.of(args[2]), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        var handler = new TailToFile(output);
        handler.tailer = FileTailer.start(Path.of(args[0]), handler);
        handler.tailer.follow("log", Path.of(args[1]), FollowOptions.fromEnd(4096));
        Thread.currentThread().join();
    }

    /** A kill can leave the last write unfinished; what is missing of it was not acknowledged. */
    private static void cutTornLine(Path file) throws IOException {
        if (Files.exists(file)) {
            byte[] all = Files.readAllBytes(file);
            int end = all.length;
            while (end > 0 && all[end - 1] != '\n') {
                end--;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(end);
            }
        }
    }

    @Override
    public void line(TailedStream stream, byte[] buffer, int offset, int length, long endOffset) {
        batch.put(buffer, offset, length).put((byte) '\n');
        end = endOffset;
    }

    @Override
    public void flush(TailedStream stream) {
        try {
            batch.flip();
            while (batch.hasRemaining()) {
                output.write(batch);
            }
            batch.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tailer.acknowledge(stream.id(), end);
    }

    @Override
    public boolean hasRoom() {
        return tailer != null;
    }
}
