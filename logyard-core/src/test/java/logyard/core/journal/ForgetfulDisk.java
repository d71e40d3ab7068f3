package logyard.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/**
 * A disk that knows what was not synced, and what a power failure may therefore leave of it: sectors that were not
 * written, files that are shorter, files that never were or that are there again.
 */
final class ForgetfulDisk implements Disk {
    private static final int SECTOR_BYTES = 512;

    private final Path removedFiles;
    private final Map<Path, Written> files = new ConcurrentSkipListMap<>();
    long usableBytes = Long.MAX_VALUE;

    /** What is known of a file: up to where it was forced, and whether its name was synced. */
    private static final class Written {
        private long forced;
        private boolean named;

        Written(long forced, boolean named) {
            this.forced = forced;
            this.named = named;
        }
    }

    /** @param removedFiles where removed files are kept, on the same file system */
    ForgetfulDisk(Path removedFiles) throws IOException {
        this.removedFiles = Files.createDirectories(removedFiles);
    }

    @Override
    public FileChannel open(Path file, OpenOption... options) throws IOException {
        boolean isNew = !Files.exists(file);
        FileChannel channel = LOCAL.open(file, options);
        if (!file.toString().endsWith(".journal")) {
            return channel;
        }
        Written known = files.get(file);
        if (known == null || isNew) {
            known = new Written(isNew ? 0 : channel.size(), !isNew);
            files.put(file, known);
            Files.deleteIfExists(removedFiles.resolve(file.getFileName()));
            Files.createLink(removedFiles.resolve(file.getFileName()), file);
        }
        known.forced = Math.min(known.forced, channel.size());
        return new Tracked(channel, known);
    }

    private static final class Tracked extends DiskChannel {
        private final Written known;

        Tracked(FileChannel file, Written known) {
            super(file);
            this.known = known;
        }

        @Override
        public int write(ByteBuffer bytes, long position) throws IOException {
            if (position + bytes.remaining() > known.forced) {
                known.forced = Math.min(known.forced, position);
            }
            return super.write(bytes, position);
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            if (size == 0) { // of a file that is removed: its bytes may be there again
                return this;
            }
            return super.truncate(size);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            known.forced = size();
        }
    }

    @Override
    public void syncFolder(Path folder) {
        files.values().forEach(file -> file.named = true);
    }

    @Override
    public long usableBytes(Path folder) {
        return usableBytes;
    }

    /** Makes {@code after} the folder as it might be found after a power failure. */
    void failPower(Path folder, Path after, Random random) throws IOException {
        Files.createDirectories(after);
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.filter(each -> !files.containsKey(each)).toList()) {
                Files.copy(file, after.resolve(file.getFileName()));
            }
        }
        boolean undoRemoval = random.nextBoolean();
        for (Map.Entry<Path, Written> file : files.entrySet()) {
            Path name = file.getKey().getFileName();
            boolean removed = !Files.exists(file.getKey());
            boolean neverWas = !file.getValue().named && random.nextBoolean();
            if (!neverWas && (!removed || (undoRemoval |= random.nextInt(4) == 0))) {
                Files.write(after.resolve(name), left(removedFiles.resolve(name), file.getValue().forced, random));
            }
        }
    }

    private static byte[] left(Path file, long forced, Random random) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int unsynced = bytes.length - (int) forced;
        int length = (int) forced + (random.nextBoolean() ? unsynced : random.nextInt(unsynced + 1));
        int lossPercent = random.nextInt(100);
        for (int at = (int) forced; at < length; at = (at / SECTOR_BYTES + 1) * SECTOR_BYTES) {
            if (random.nextInt(100) < lossPercent) {
                Arrays.fill(bytes, at, Math.min(length, (at / SECTOR_BYTES + 1) * SECTOR_BYTES), (byte) 0);
            }
        }
        return Arrays.copyOf(bytes, length);
    }
}
