package logyard.core.router;

import org.jspecify.annotations.Nullable;

/**
 * Records in memory that wait for one drain, each with its ordinal, without an object for it. The router's lock guards
 * it.
 */
final class LiveQueue {
    private static final int SMALLEST = 16;

    /** A queue larger than this is made small again when it is empty. */
    private static final int LARGE = 256;

    private @Nullable LiveRecord[] records = new LiveRecord[SMALLEST];
    private long[] ordinals = new long[SMALLEST];
    private int first;
    private int size;

    int size() {
        return size;
    }

    /** Adds a record behind all others. */
    void add(LiveRecord record, long ordinal) {
        if (size == records.length) {
            grow();
        }
        int place = (first + size) & (records.length - 1);
        records[place] = record;
        ordinals[place] = ordinal;
        size++;
    }

    /** The record that waits longest; null if there is none. */
    @Nullable
    LiveRecord first() {
        return records[first];
    }

    /** The ordinal of the record that waits longest. */
    long firstOrdinal() {
        return ordinals[first];
    }

    /** Takes out the record that waits longest. There must be one. */
    void removeFirst() {
        letGo();
        if (size == 0 && records.length > LARGE) {
            clear();
        }
    }

    private void letGo() {
        LiveRecord record = records[first];
        records[first] = null;
        first = (first + 1) & (records.length - 1);
        size--;
        if (record != null) {
            record.taken();
        }
    }

    /** Lets go of all records, and of the memory they took here. */
    void clear() {
        while (size > 0) {
            letGo();
        }
        if (records.length > SMALLEST) {
            records = new LiveRecord[SMALLEST];
            ordinals = new long[SMALLEST];
        }
        first = 0;
    }

    private void grow() {
        int tail = records.length - first;
        @Nullable LiveRecord[] moreRecords = new LiveRecord[2 * records.length];
        long[] moreOrdinals = new long[moreRecords.length];
        System.arraycopy(records, first, moreRecords, 0, tail);
        System.arraycopy(records, 0, moreRecords, tail, first);
        System.arraycopy(ordinals, first, moreOrdinals, 0, tail);
        System.arraycopy(ordinals, 0, moreOrdinals, tail, first);
        records = moreRecords;
        ordinals = moreOrdinals;
        first = 0;
    }
}
