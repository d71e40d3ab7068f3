package logyard.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
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

    /** So many bytes can files still grow; a write that does not fit is done in part and the next one fails. */
    long roomBytes = Long.MAX_VALUE;

    boolean failForce;

    /**
     * What is known of a file: how long it is on the disk, whether its name is there, and which of its sectors are not. A
     * sector is written whole or not at all; it is kept how much of it, from its beginning on, was there before.
     */
    private static final class Written {
        /** Taken to the disk by the next sync that works. */
        private final Map<Integer, Integer> dirty = new HashMap<>();

        /** No longer taken to the disk: a sync that failed has forgotten them, as Linux does. */
        private final Map<Integer, Integer> forgotten = new HashMap<>();

        private long forcedSize;
        private boolean named;

        Written(long size, boolean named) {
            this.forcedSize = size;
            this.named = named;
        }

        void written(long from, long to) {
            for (int sector = (int) (from / SECTOR_BYTES); (long) sector * SECTOR_BYTES < to; sector++) {
                int before = (int) Math.max(0, from - (long) sector * SECTOR_BYTES);
                Integer known = forgotten.remove(sector);
                dirty.merge(sector, known == null ? before : Math.min(known, before), Math::min);
            }
        }

        void forced(long size) {
            dirty.clear();
            forcedSize = size;
        }

        void notForced() {
            dirty.forEach((sector, before) -> forgotten.merge(sector, before, Math::min));
            dirty.clear();
        }

        /** The sectors that a power failure may find as they were before. */
        Map<Integer, Integer> unsafe() {
            Map<Integer, Integer> all = new TreeMap<>(forgotten);
            dirty.forEach((sector, before) -> all.merge(sector, before, Math::min));
            return all;
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
        known.forcedSize = Math.min(known.forcedSize, channel.size());
        return new Tracked(channel, known);
    }

    private final class Tracked extends DiskChannel {
        private final Written known;

        Tracked(FileChannel file, Written known) {
            super(file);
            this.known = known;
        }

        @Override
        public int write(ByteBuffer bytes, long position) throws IOException {
            long there = Math.max(0, size() - position);
            if (isFilled() && there + roomBytes <= 0) {
                throw new IOException("No space left on device");
            }
            int limit = bytes.limit();
            if (isFilled()) {
                bytes.limit((int) Math.min(limit, bytes.position() + there + roomBytes));
            }
            int written = super.write(bytes, position);
            bytes.limit(limit);
            roomBytes -= isFilled() ? Math.max(0, written - there) : 0;
            known.written(position, position + written);
            return written;
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
            if (failForce) {
                known.notForced();
                throw new IOException("Input/output error");
            }
            known.forced(size());
        }
    }

    boolean isFilled() {
        return roomBytes != Long.MAX_VALUE;
    }

    /** Whether it may refuse something. */
    boolean isTroubled() {
        return isFilled() || failForce;
    }

    void mend() {
        roomBytes = Long.MAX_VALUE;
        failForce = false;
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
            boolean replaced = !removed && !Files.isSameFile(file.getKey(), removedFiles.resolve(name));
            if (replaced && random.nextBoolean()) {
                Files.copy(file.getKey(), after.resolve(name));
            } else if (!neverWas && (!removed || (undoRemoval |= random.nextInt(4) == 0))) {
                Files.write(after.resolve(name), left(removedFiles.resolve(name), file.getValue(), random));
            }
        }
    }

    private static byte[] left(Path file, Written known, Random random) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int forced = (int) Math.min(bytes.length, known.forcedSize);
        int unsynced = bytes.length - forced;
        int length = forced + (random.nextBoolean() ? unsynced : random.nextInt(unsynced + 1));
        int lossPercent = random.nextInt(100);
        known.unsafe().forEach((sector, before) -> {
            int from = sector * SECTOR_BYTES;
            if (from + before < length && random.nextInt(100) < lossPercent) {
                Arrays.fill(bytes, from + before, Math.min(length, from + SECTOR_BYTES), (byte) 0);
            }
        });
        return Arrays.copyOf(bytes, length);
    }
}
